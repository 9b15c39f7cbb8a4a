"""Webhooks: messages to other systems, signed by Standard Webhooks, tried for a day, with a log of every try."""
