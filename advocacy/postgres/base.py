"""Where Django looks for the backend."""

from __future__ import annotations

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Asks the server whether it is there only when something has happened to the connection."""

    def is_usable(self) -> bool:
        """Whether the connection that was kept from the last request still works.

        A server, or a pooler, that ends or restarts closes its connections, and a closed one is
        readable at once, with what it said last or with the end. While nothing came on a connection
        at rest there is nothing to ask: that saves each request a round trip.
        """
        if self.connection is None or self.connection.closed:
            return False
        poll = select.poll()
        poll.register(self.connection.fileno(), select.POLLIN)
        return not poll.poll(0) or super().is_usable()
