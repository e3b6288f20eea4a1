# Makes genome-vectors.jsonl with python-cryptography: documents, and what is true of them.
import base64, copy, hashlib, json, sys
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives import serialization as S
def key(n): return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b'reeve vector key %d' % n).digest())
def pub(k): return base64.b64encode(k.public_key().public_bytes(S.Encoding.DER, S.PublicFormat.SubjectPublicKeyInfo)).decode()
K=[key(i) for i in range(4)]
def canon(g):
    g={k:v for k,v in g.items() if k not in('signature','signatures')}
    return json.dumps(g,sort_keys=True,separators=(',',':'),ensure_ascii=False).encode()
def gid(g): return hashlib.sha256(canon(g)).hexdigest()
def sig(g,i,kid=None): return {'alg':'ed25519','signer_key_id':kid or 'k%d'%i,'sig_base64':base64.b64encode(K[i].sign(canon(g))).decode()}
def signer(i): return {'key_id':'k%d'%i,'alg':'ed25519','public_key':pub(K[i])}
def base(n=1,t=1):
    return {'schema_version':'genome.v0.1','name':'TEST','version':'1.0.0','parents':[],'created_at':'2025-12-31T00:00:00Z',
     'authority':{'signers':[signer(i) for i in range(n)],'threshold':t},
     'invariants':[{'id':'INV-1','severity':'CRITICAL','testable_claim':'c','enforcement_hook':'h'}],
     'capabilities':[{'cap_id':'CAP','risk_class':'A','allow_actions':['a','b'],'deny_actions':[]}],
     'build_manifest':{'files':[{'path':'a/b.txt','sha256':'abc123'}]}}
out=[]
OK='';SC='GENOME_INVALID_SCHEMA';SI='GENOME_INVALID_SIGNATURE'
def add(name,doc,reason,text=None,id_=None):
    t=text if text is not None else json.dumps(doc,ensure_ascii=False)
    out.append({'name':name,'document':t,'genome_id':(gid(doc) if doc is not None and id_ is None else (id_ or '')),'reason':reason})
def one(g,i=0): g['signature']=sig(g,i); return g
def many(g,*idx): g['signatures']=[sig(g,i) for i in idx]; return g
add('single signature',one(base()),OK)
add('signatures array',many(base(),0),OK)
add('two of two',many(base(2,2),0,1),OK)
add('two of three',many(base(3,2),2,0),OK)
add('one of two is too few',many(base(2,2),0),SI)
g=base(2,2); g['signatures']=[sig(g,0),sig(g,0)]; add('one signer twice',g,SI)
g=base(2,2); g['signature']=sig(g,0); g['signatures']=[sig(g,1)]; add('single and array together',g,OK)
g=base(2,2); g['signature']=sig(g,0); g['signatures']=[sig(g,0)]; add('single and array by one signer',g,SI)
g=base(2,2); g['authority']['signers'][1]={'key_id':'k9','alg':'ed25519','public_key':pub(K[0])}; g['signatures']=[sig(g,0),sig(g,0,'k9')]; add('one key under two names',g,SI)
g=base(2,1); g['signatures']=[{**sig(g,1),'sig_base64':base64.b64encode(b'\1'*64).decode()},sig(g,0)]; add('bad one beside enough good ones',g,OK)
g=base(); add('no signature',g,SI)
g=base(); g['signatures']=[]; add('empty signatures',g,SI)
g=base(); g['signature']=sig(g,1,'k0'); add('signed by another key',g,SI)
g=base(); g['signature']=sig(g,1,'k1'); add('unknown signer',g,SI)
g=base(); g['signature']=sig(g,0,'kX'); add('right key, wrong key id',g,SI)
g=one(base()); g['signature']['sig_base64']='dummy-signature'; add('signature is no base64',g,SI)
g=one(base()); b=bytearray(base64.b64decode(g['signature']['sig_base64'])); b[5]^=1; g['signature']['sig_base64']=base64.b64encode(bytes(b)).decode(); add('bit flipped in the signature',g,SI)
g=one(base()); b=base64.b64decode(g['signature']['sig_base64']); g['signature']['sig_base64']=base64.b64encode(b+b'\0').decode(); add('signature one byte longer',g,SI)
g=one(base()); g['signature']['sig_base64']=g['signature']['sig_base64'].rstrip('='); add('signature without padding',g,OK)
L=2**252+27742317777372353535851937790883648493
g=one(base()); b=base64.b64decode(g['signature']['sig_base64']); s=int.from_bytes(b[32:],'little')+L; g['signature']['sig_base64']=base64.b64encode(b[:32]+s.to_bytes(32,'little')).decode(); add('malleable signature, S + L',g,SI)
for m in ['name','version','created_at']:
    g=one(base()); g[m]=g[m]+'x'; add('tampered '+m,g,SI)
g=one(base()); g['capabilities'][0]['allow_actions'].append('evil'); add('tampered allow list',g,SI)
g=one(base()); g['capabilities'][0]['allow_actions'].reverse(); add('array order changed',g,SI)
g=one(base()); g['authority']['threshold']=1; g['authority']['signers'].append(signer(1)); add('signer slipped in',g,SI)
g=one(base()); g['extra']=1; add('member added after signing',g,SI)
g=base(); g['extra']={'b':[1,{'z':None,'a':True}],'a':'x'}; add('extra members signed over',one(g),OK)
def shuffled(v):
    if isinstance(v,dict): return {k:shuffled(v[k]) for k in sorted(v,reverse=True)}
    if isinstance(v,list): return [shuffled(x) for x in v]
    return v
g=one(base(2,1)); add('keys in another order',shuffled(g),OK)
add('indented',one(base()),OK,text=json.dumps(one(base()),indent=2))
add('escaped as ASCII',(lambda g:one(g))({**base(),'name':'tūrangawaewae 世界 🌍 é'}),OK,text=json.dumps(one({**base(),'name':'tūrangawaewae 世界 🌍 é'}),ensure_ascii=True))
add('non-ASCII text',one({**base(),'name':'tūrangawaewae 世界 🌍 é'}),OK)
add('decomposed text is other text',{**one({**base(),'name':'\u00e9'}),'name':'e\u0301'},SI)
add('escapes',one({**base(),'name':'q" b\\ s/ \b\f\n\r\t\u0001\u001f\u007f \u2028\u2029'}),OK)
g=base(); g['x']={'float':0.1,'small':0.015,'int':-7,'big':9007199254740991,'half':2.5,'e':1.5e+300}; add('numbers',one(g),OK)
g=base(); g['x']=[[[1,2],[3,[4,[]]],{}],[]]; add('nested arrays',one(g),OK)
g=base(); g['x']={'Z':1,'a':2,'_':3,'é':4,'A':5,'':6,'aa':7,'a b':8}; add('member names sort by code unit',one(g),OK)
for m in ['schema_version','name','version','created_at','parents','authority','invariants','capabilities','build_manifest']:
    g=base(); del g[m]; add('without '+m,one(g),SC)
for m in ['name','version','created_at']:
    g=base(); g[m]=''; add('empty '+m,one(g),SC)
    g=base(); g[m]='  '; add('blank '+m,one(g),SC)
    g=base(); g[m]=7; add('number as '+m,one(g),SC)
for v in ['genome.v0.2','genome.v0.1 ','GENOME.V0.1','']:
    g=base(); g['schema_version']=v; add('schema_version '+repr(v),one(g),SC)
g=base(); g['parents']='x'; add('parents is a text',one(g),SC)
g=base(); g['parents']=[1]; add('a parent is a number',one(g),SC)
g=base(); g['parents']=['a'*64]; add('a parent',one(g),OK)
for t in [0,-1,2,1.5,'1',None,True]:
    g=base(1,t); add('threshold '+json.dumps(t)+' of one',one(g),SC)
g=base(); g['authority']['signers']=[]; add('no signers',one(g),SC)
g=base(); g['authority']['signers'][0]['alg']='rsa'; add('signer with another alg',one(g),SC)
g=base(); g['authority']['signers'][0]['alg']='Ed25519'; add('signer with alg in capitals',one(g),SC)
g=one(base()); g['signature']['alg']='rsa'; add('signature with another alg',g,SC)
for m in ['alg','signer_key_id','sig_base64']:
    g=one(base()); del g['signature'][m]; add('signature without '+m,g,SC)
    g=many(base(),0); del g['signatures'][0][m]; add('signatures[0] without '+m,g,SC)
g=base(); g['signature']=None; add('signature null',g,SC)
g=base(); g['signature']='x'; add('signature a text',g,SC)
g=base(); g['signatures']={}; add('signatures an object',g,SC)
for m in ['key_id','alg','public_key']:
    g=base(); del g['authority']['signers'][0][m]; add('signer without '+m,one(g),SC)
g=base(2,1); g['authority']['signers'][1]['key_id']='k0'; add('a key_id twice',one(g),SC)
g=base(); g['authority']['signers'][0]['public_key']='MCowBQYDK2VwAyEA'; add('public key cut short',one(g),SI)
g=base(); g['authority']['signers'][0]['public_key']=base64.b64encode(K[0].public_key().public_bytes(S.Encoding.Raw,S.PublicFormat.Raw)).decode(); add('public key raw',one(g),SI)
g=base(); g['authority']['signers'][0]['public_key']='not base64!'; add('public key no base64',one(g),SI)
for m in ['id','severity','testable_claim','enforcement_hook']:
    g=base(); del g['invariants'][0][m]; add('invariant without '+m,one(g),SC)
g=base(); g['invariants'][0]['severity']='LOW'; add('unknown severity',one(g),SC)
g=base(); g['invariants']=[]; g['capabilities']=[]; g['build_manifest']={'files':[]}; add('empty lists',one(g),OK)
for m in ['cap_id','risk_class','allow_actions','deny_actions']:
    g=base(); del g['capabilities'][0][m]; add('capability without '+m,one(g),SC)
for c in 'ABCD':
    g=base(); g['capabilities'][0]['risk_class']=c; add('risk class '+c,one(g),OK)
g=base(); g['capabilities'][0]['risk_class']='E'; add('risk class E',one(g),SC)
g=base(); g['capabilities'][0]['allow_actions']=['a',1]; add('an action is a number',one(g),SC)
for m in ['path','sha256']:
    g=base(); del g['build_manifest']['files'][0][m]; add('file without '+m,one(g),SC)
g=base(); del g['build_manifest']['files']; add('manifest without files',one(g),SC)
g=base(); g['sequence']=3; g['expires_at']='2999-01-01T00:00:00Z'; g['revoked_keys']=[pub(K[3])]; add('our own members',one(g),OK)
g=base(); g['expires_at']='2020-01-01T00:00:00Z'; add('expired',one(g),'GENOME_EXPIRED')
g=base(); g['expires_at']='tomorrow'; add('expiry is no time',one(g),SC)
g=base(); g['sequence']='3'; add('sequence is a text',one(g),SC)
g=base(); g['revoked_keys']=[pub(K[0])]; add('its signer is revoked',one(g),SI)
t=json.dumps(one(base()))
add('member twice',None,SC,text=t[:-1]+',"name":"TEST"}')
add('not JSON',None,SC,text='{"schema_version":')
add('empty file',None,SC,text='')
add('a list',None,SC,text='[]')
add('null',None,SC,text='null')
add('something after it',None,SC,text=t+'{}')
add('NaN',None,SC,text=t[:-1]+',"x":NaN}')
add('number beyond all bounds',None,SC,text=t[:-1]+',"x":1e999}')
add('comment',None,SC,text='/*x*/'+t)
add('byte order mark',None,SC,text='\ufeff'+t)
add('single quotes',None,SC,text=t.replace('"',"'"))
add('too deep',None,SC,text=t[:-1]+',"x":'+'['*100+']'*100+'}')
open(sys.argv[1],'w').write(''.join(json.dumps(o,ensure_ascii=True)+'\n' for o in out))
print(len(out))
