"""Asks twice over one connection, and prints what the caller of a library is told the second time."""
import asyncio
import sys

library, warm_up, method, url = sys.argv[1:5]
HEADERS = {"Authorization": "Bearer any", "Content-Type": "application/json"}
BODY = '{"url":"https://example.com/cat.png","access":"PRIVATE","folderPath":"/library"}'
REQUESTS = [("GET", warm_up, None), (method, url, BODY if method == "POST" else None)]


def synchronous():
    if library == "urllib3":
        import urllib3

        pool = urllib3.PoolManager()
        return lambda *request: pool.request(request[0], request[1], body=request[2], headers=HEADERS).status
    if library == "requests":
        import requests

        session = requests.Session()
        return lambda *request: session.request(request[0], request[1], data=request[2], headers=HEADERS).status_code
    import httpx

    client = httpx.Client()
    return lambda *request: client.request(request[0], request[1], content=request[2], headers=HEADERS).status_code


async def asynchronous():
    import aiohttp

    async with aiohttp.ClientSession(headers=HEADERS) as session:
        for verb, address, body in REQUESTS:
            async with session.request(verb, address, data=body) as answer:
                await answer.text()
                told = answer.status
        return told


try:
    if library == "aiohttp":
        told = asyncio.run(asynchronous())
    else:
        send = synchronous()
        told = [send(*request) for request in REQUESTS][-1]
except Exception as error:
    told = type(error).__name__
print(told)
