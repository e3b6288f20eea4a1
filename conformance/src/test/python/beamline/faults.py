"""What a broker may do to a server: deliver a result again, and keep what nobody could read.

    python conformance/src/test/python/beamline/faults.py --nats URL --again ASSIGNMENT --times 3

Sends the result of an assignment again, each time as another message, and prints a line for each
dead letter that the broker keeps.
"""

import argparse
import asyncio
import json

import nats

RESULTS = "caf.exec.result.v1"
LETTERS = "BEAMLINE_DLQ"


async def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nats", required=True)
    parser.add_argument("--again", required=True)
    parser.add_argument("--times", type=int, required=True)
    options = parser.parse_args()
    client = await nats.connect(options.nats)
    stream = client.jetstream()
    for number in range(options.times):
        result = {
            "version": "1",
            "assignment_id": options.again,
            "status": "success",
            "output": {"number": number},
        }
        await stream.publish(
            RESULTS,
            json.dumps(result).encode(),
            headers={"Nats-Msg-Id": f"{options.again}:again:{number}"},
        )
    print(json.dumps({"event": "sent"}), flush=True)
    last = (await stream.stream_info(LETTERS)).state.last_seq
    for sequence in range(1, last + 1):
        letter = await stream.get_msg(LETTERS, seq=sequence)
        print(
            json.dumps({"event": "letter", "headers": letter.headers, "size": len(letter.data)}),
            flush=True,
        )
    await client.close()


if __name__ == "__main__":
    asyncio.run(main())
