"""The secret as an app reads it: a QR code, and letters to type."""

from base64 import b32encode, b64encode

import qrcode
from django_otp.plugins.otp_totp.models import TOTPDevice
from qrcode.image.svg import SvgPathImage


def qr_code(app: TOTPDevice) -> str:
    """An SVG as an address of its own (`data:`): no style in the page, and nothing to fetch."""
    svg = qrcode.make(app.config_url, image_factory=SvgPathImage, box_size=12).to_string()
    return f"data:image/svg+xml;base64,{b64encode(svg).decode()}"


def letters(app: TOTPDevice) -> str:
    """The secret in groups of four."""
    text = b32encode(app.bin_key).decode()
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))
