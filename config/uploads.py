"""How much may be sent in one request with files: Django bounds only what has none."""

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

MAX_BODY = 25_000_000  # bytes; what a file may have, its form says earlier and in words


class BoundedUploadHandler(FileUploadHandler):
    """The first of the handlers: refuses a body before any of it is read."""

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):
        if content_length > MAX_BODY:
            raise RequestDataTooBig("The body is too large.")

    def receive_data_chunk(self, raw_data, start):
        return raw_data

    def file_complete(self, file_size):
        return None
