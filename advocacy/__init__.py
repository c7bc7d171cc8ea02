"""The deployment: settings, addresses, servers, queues. It knows nothing of letters."""
