"""A cache on Redis or Valkey that may vanish: then everything is a miss, and nobody waits for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import ConnectionError as NoConnection
from redis.exceptions import TimeoutError as NoAnswer

from advocacy import breaker
from advocacy.breaker import REDIS


def _or(miss: Callable[..., Any]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Answer with `miss` while the server is away."""

    def wrap(method: Callable[..., Any]) -> Callable[..., Any]:
        def ask(self: ForgivingRedisCache, *args: Any, **kwargs: Any) -> Any:
            if REDIS.rests:
                return miss(*args, **kwargs)
            try:
                return method(self, *args, **kwargs)
            except (NoConnection, NoAnswer) as error:
                REDIS.trip(error)
                return miss(*args, **kwargs)

        return ask

    return wrap


def _default(key: object, default: object = None, *args: object, **kwargs: object) -> object:
    return default


def _missing(key: object, *args: object, **kwargs: object) -> int:
    raise ValueError(f"Key '{key}' not found.")  # what Django's caches say of a key that is not there


class KeptClient(RedisCacheClient):
    """Django's client for one server, made once: making it for each question takes longer than asking."""

    @cached_property
    def _kept(self) -> Any:
        return super().get_client(write=True)

    def get_client(self, key: object = None, *, write: bool = False) -> Any:
        """Return the same client for every key."""
        return self._kept


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache with a time-out and a rest."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        patience = dict.fromkeys(("socket_timeout", "socket_connect_timeout"), breaker.WAIT_SECONDS)
        super().__init__(server, {**params, "OPTIONS": {**patience, **params.get("OPTIONS", {})}})
        self._class = KeptClient

    get = _or(_default)(RedisCache.get)
    get_many = _or(lambda *args, **kwargs: {})(RedisCache.get_many)
    has_key = _or(lambda *args, **kwargs: False)(RedisCache.has_key)
    add = _or(lambda *args, **kwargs: False)(RedisCache.add)
    set = _or(lambda *args, **kwargs: None)(RedisCache.set)
    set_many = _or(lambda data, *args, **kwargs: list(data))(RedisCache.set_many)
    touch = _or(lambda *args, **kwargs: False)(RedisCache.touch)
    delete = _or(lambda *args, **kwargs: False)(RedisCache.delete)
    delete_many = _or(lambda *args, **kwargs: None)(RedisCache.delete_many)
    incr = _or(_missing)(RedisCache.incr)
    clear = _or(lambda *args, **kwargs: False)(RedisCache.clear)
