"""``/api/w/{workspace}/models/…``, ``…/model-presets`` and ``…/channels``; `lvtu.service.names` lists the models."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from lvtu.service.access import Editor, Viewer
from lvtu.service.languages import Language
from lvtu.service.models import service
from lvtu.service.models.schemas import ChangePreview, Changing, ChannelOf, ModelOf, Naming, Preset
from lvtu.service.problems import refusals

router = APIRouter(prefix="/api/w/{workspace}", tags=["models"], responses=refusals())


@router.get("/model-presets", summary="Models that every workspace can use")
def presets(access: Viewer) -> list[Preset]:
    """The ready models; a workspace uses one by its key, and makes it its own by saving it."""
    return service.presets()


@router.get("/channels", summary="Channels")
def channels(access: Viewer) -> list[ChannelOf]:
    """The channels of the default model (without one, those that every model knows), and those only events name."""
    return service.channels(access.served)


@router.put("/channels/{key}", summary="Name a channel")
def name_channel(access: Editor, key: str, naming: Naming) -> list[ChannelOf]:
    """Say what a channel is called, and whether it is online, in a new version of the default model."""
    service.name_channel(access.served.workspace, key, naming)
    return service.channels(access.served)


@router.get("/models/{key}", summary="A journey model")
def get(access: Viewer, key: str) -> ModelOf:
    """A model with its stages and rules, in both languages; ``shop@3`` names a version."""
    return service.get(access.served.workspace, key)


@router.post("/models/{key}/preview", response_model=ChangePreview, summary="What a change would move")
def preview(access: Editor, key: str, changing: Changing, lang: Language, dark: bool = False) -> Response:
    """How many customers would be in which stage, before it is saved."""
    model = service.changed(key, changing)
    body = service.preview(access.served, model, changing.against, lang, dark)
    return Response(body, media_type="application/json")


@router.put("/models/{key}", summary="Save a journey model")
def put(access: Editor, key: str, changing: Changing) -> ModelOf:
    """Keep the model as a new version; no version ever changes."""
    access.served.workspace.save_model(service.changed(key, changing), changing.default)
    return service.get(access.served.workspace, key)
