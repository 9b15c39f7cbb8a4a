"""Where messages may go: not to machines of the own network, unless that is wanted."""

from __future__ import annotations

import ipaddress
import os
import socket
from urllib.parse import urlsplit

import httpx

from lvtu.core.sentences import Term
from lvtu.errors import BadInput

VARIABLE = "LVTU_WEBHOOK_PRIVATE"
"""With ``1`` messages may go to private addresses, this machine's included."""


_CARRYING = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "::/96", "::ffff:0:0:0/96")))
"""Networks whose addresses lead to the IPv4 address in their last bits."""


def checked(url: str) -> str:
    """An address that messages may be sent to.

    Raises:
        BadInput: it is none.
    """
    resolved(url)
    return url


def resolved(url: str) -> str:
    """The IP address behind a URL. Whoever connects must use this one: asked again, the name may lead elsewhere.

    Raises:
        BadInput: it is no URL, its host is not found or private.
    """
    try:
        httpx.URL(url)  # what sends has its own idea of them
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except (ValueError, httpx.InvalidURL):
        host, port = None, None
        parts = urlsplit("")
    if parts.scheme not in ("https", "http") or not host or parts.username is not None:
        raise BadInput("webhook_address", url=url, reason=Term("webhook_no_url"))
    try:
        found = socket.getaddrinfo(host, port or parts.scheme, proto=socket.IPPROTO_TCP)
    except (OSError, UnicodeError):
        raise BadInput("webhook_address", url=url, reason=Term("webhook_no_host")) from None
    addresses = [str(one[4][0]) for one in found]
    if os.environ.get(VARIABLE) != "1" and not all(_public(address) for address in addresses):
        raise BadInput("webhook_address", url=url, reason=Term("webhook_private"))
    return addresses[0]


def _public(address: str) -> bool:
    """Whether an address belongs to the internet.

    Example:
        >>> [_public(a) for a in ("1.1.1.1", "127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "::ffff:10.0.0.1")]
        [True, False, False, False, False, False]
        >>> [_public(a) for a in ("64:ff9b::10.0.0.1", "2002:a00:1::", "::127.0.0.1", "fec0::1", "64:ff9b::1.1.1.1")]
        [False, False, False, False, True]
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.is_site_local:
            return False
        low = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if any(ip in one for one in _CARRYING) else None
        ip = ip.ipv4_mapped or ip.sixtofour or low or ip
    return ip.is_global and not ip.is_multicast
