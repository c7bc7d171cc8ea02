"""The API as a reporter's program sees it."""
