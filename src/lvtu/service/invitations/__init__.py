"""Invitations: links and QR codes, who is asked by which way, and under which limits."""
