// Makes vectors of the numbers and texts where JSON.stringify has its own mind.
import {createHash,createPrivateKey,createPublicKey,sign} from 'node:crypto'
import {writeFileSync} from 'node:fs'
const seed=createHash('sha256').update('reeve vector key node').digest()
const der=Buffer.concat([Buffer.from('302e020100300506032b657004220420','hex'),seed])
const key=createPrivateKey({key:der,format:'der',type:'pkcs8'})
const pub=createPublicKey(key).export({format:'der',type:'spki'}).toString('base64')
const sort=v=>Array.isArray(v)?v.map(sort):v&&typeof v==='object'?Object.fromEntries(Object.keys(v).sort().map(k=>[k,sort(v[k])])):v
const out=[]
function add(name,text){
  const g={schema_version:'genome.v0.1',name:'NODE',version:'1',parents:[],created_at:'x',
    authority:{signers:[{key_id:'n',alg:'ed25519',public_key:pub}],threshold:1},invariants:[],capabilities:[],build_manifest:{files:[]},x:JSON.parse(text)}
  const canonical=Buffer.from(JSON.stringify(sort(g)),'utf8')
  const s=sign(null,canonical,key).toString('base64')
  const doc=JSON.stringify({...g,x:'@'}).replace('"@"',()=>text).slice(0,-1)+`,"signature":{"alg":"ed25519","signer_key_id":"n","sig_base64":"${s}"}}`
  out.push({name:'node: '+name,document:doc,genome_id:createHash('sha256').update(canonical).digest('hex'),reason:''})
}
add('integers as floats','[1.0,-1.0,1e2,0.0,-0.0,1E0]')
add('large and small','[1e20,1e21,1e22,123456789012345680000,1e-6,1e-7,1.5e-7,123e-20,5e-324,1.7976931348623157e308,2.2250738585072014e-308]')
add('beyond exact integers','[9007199254740993,12345678901234567890,0.1,0.30000000000000004,1e23,4.35,2e-323,1.2e-322]')
add('lone surrogates','["\\ud800","a\\udc00b","\\uD83C\\uDF0D"]')
add('escapes written otherwise','["\\u0041\\/\\u000a\\u2028\\u007F"]')
add('astral names sort by code unit','{"\\ud83c\\udf0d":1,"\\uffee":2,"z":3}')
const many=[];let r=1n
for(let i=0;i<400;i++){r=(r*6364136223846793005n+1442695040888963407n)&((1n<<64n)-1n)
  const b=Buffer.alloc(8);b.writeBigUInt64LE(r);const d=b.readDoubleLE(0);if(Number.isFinite(d))many.push(d)}
add('many doubles','['+many.map(d=>d.toExponential(20)).join(',')+']')
writeFileSync(process.argv[2],out.map(o=>JSON.stringify(o)+'\n').join(''))
console.log(out.length)
