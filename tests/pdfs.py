"""PDF documents written by hand: what a reader reads was not made by a library that reads."""

from __future__ import annotations


def pdf(pages: list[str], title: str = "", more: bytes = b"") -> bytes:
    """A document with a line of Latin text for each line of its pages.

    Args:
        pages: their texts.
        title: what it calls itself.
        more: what else its trailer says.
    """
    first = 4
    kids = " ".join(f"{first + 2 * number} 0 R" for number in range(len(pages)))
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]  # fmt: skip
    for number, text in enumerate(pages):
        shown = "".join(f"({line}) Tj 0 -14 Td " for line in text.split("\n")) if text else ""
        stream = f"BT /F1 11 Tf 72 720 Td {shown}ET"
        parts += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {first + 2 * number + 1} 0 R >>",
            f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        ]
    parts.append(f"<< /Title ({title}) /Author (Li Lei) /CreationDate (D:20240305101010Z) >>")
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{part}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"<< /Size {len(parts) + 1} /Root 1 0 R /Info {len(parts)} 0 R ".encode() + more + b">>"
    head = f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n{table}trailer\n".encode()
    return out + head + trailer + f"\nstartxref\n{len(out)}\n%%EOF\n".encode()
