"""Questions over HTTP: what can be asked, the answers, who is behind a number, and what else can be had of them."""
