"""FastAPI with an asynchronous connection pool, its documents read and written with orjson."""

import os
from contextlib import asynccontextmanager

import asyncpg
import orjson
from fastapi import FastAPI
from fastapi.responses import Response

QUESTION = (
    "SELECT type, key, version, document FROM timeline_entry WHERE type = 'event' "
    "AND superseded_at IS NULL AND document IS NOT NULL ORDER BY starts_on, key LIMIT 50"
)


@asynccontextmanager
async def lifespan(app: FastAPI):
    async with asyncpg.create_pool(os.environ["PEER_DSN"], min_size=4, max_size=8) as pool:
        app.state.pool = pool
        yield


app = FastAPI(lifespan=lifespan)


@app.get("/events")
async def events() -> Response:
    rows = await app.state.pool.fetch(QUESTION)
    found = [dict(row) | {"document": orjson.loads(row["document"])} for row in rows]
    return Response(orjson.dumps({"results": found}), media_type="application/json")
