"""Named segments: tried and saved; `lvtu.service.names` lists them."""
