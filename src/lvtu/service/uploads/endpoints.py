"""``/api/w/{workspace}/uploads``: bring a file, see what is in it, map it, import it."""

from __future__ import annotations

import shutil
from dataclasses import replace

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool

from lvtu.collect.preview import look
from lvtu.collect.sources import ENDINGS
from lvtu.service.access import Editor
from lvtu.service.languages import Language
from lvtu.service.problems import refusals
from lvtu.service.start.kinds import Kind, named
from lvtu.service.uploads import service, words
from lvtu.service.uploads.receive import FORM, receive, refuse_larger
from lvtu.service.uploads.schemas import Chosen, Looked, PreviewOf, UploadList, UploadOf

router = APIRouter(prefix="/api/w/{workspace}/uploads", tags=["uploads"], responses=refusals(409, 413))


@router.post("", summary="Bring a file", openapi_extra=FORM)
async def send(access: Editor, request: Request, lang: Language, has: Kind | None = None) -> Looked:
    """Take a file, and propose which column feeds what; nothing is imported yet.

    With ``has`` events that no column names are called after that kind of data. The file is one part of a form
    (``multipart/form-data``) and goes straight to the disk. It is kept for a week. 413: it is too large.
    """
    uploads, most = service.of(access.served), access.served.workspace.config.upload_mb * 1_000_000
    refuse_larger(int(request.headers.get("content-length") or 0) - 64 * 1024, most)
    await run_in_threadpool(uploads.sweep)
    folder = await run_in_threadpool(uploads.make)
    try:
        path = await receive(request.stream(), request.headers.get("content-type", ""), folder, most)
        found, columns = await run_in_threadpool(look, path)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    found = replace(found, mapping=named(found.mapping, has, lang))
    return words.looked_of(await run_in_threadpool(uploads.enter, path), found, columns, lang)


@router.get("", summary="The uploads")
def listed(access: Editor, lang: Language) -> UploadList:
    """Every upload with how far it is, newest first; how large a file may be, and what it may be."""
    found = [words.upload_of(upload, lang) for upload in service.of(access.served).list()]
    return UploadList(
        uploads=found, most_bytes=access.served.workspace.config.upload_mb * 1_000_000, formats=list(ENDINGS)
    )


@router.get("/{id}", summary="How far an upload is")
def status(access: Editor, id: str, lang: Language) -> UploadOf:
    """One upload: its state, the share that has been imported, and the report once it is done."""
    return words.upload_of(service.of(access.served).get(id), lang)


@router.get("/{id}/columns", summary="What is in an upload")
def columns(access: Editor, id: str, lang: Language, has: Kind | None = None) -> Looked:
    """What was answered when the file came: its columns and the proposed mapping."""
    uploads = service.of(access.served)
    upload = uploads.get(id)
    found, columns = look(uploads.path(upload))
    return words.looked_of(upload, replace(found, mapping=named(found.mapping, has, lang)), columns, lang)


@router.post("/{id}/preview", summary="Try a mapping")
def preview(access: Editor, id: str, chosen: Chosen, lang: Language) -> PreviewOf:
    """What a mapping would make of the file, by its first 5,000 rows. Nothing is imported."""
    uploads = service.of(access.served)
    return words.preview_of(service.preview_of(uploads.path(uploads.get(id)), chosen.mapping), lang)


@router.post("/{id}/import", status_code=202, summary="Import")
def start(access: Editor, id: str, chosen: Chosen, lang: Language) -> UploadOf:
    """Begin to import; it goes on behind the request, see the upload's state and report.

    Importing again is safe: events that are there already are counted as repeats. 409: it is being imported.
    """
    upload = service.of(access.served).get(id)
    return words.upload_of(service.begin(access, upload, chosen.mapping), lang)


@router.delete("/{id}", status_code=204, summary="Take an upload away")
def drop(access: Editor, id: str) -> None:
    """Remove the file; what was imported of it stays. 409: it is being imported."""
    uploads = service.of(access.served)
    uploads.drop(uploads.get(id).id)
