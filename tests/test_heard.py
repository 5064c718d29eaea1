"""Streamlit does of a browser's messages what the dashboard has a use for, and passes over the rest."""

import asyncio
from unittest.mock import AsyncMock, MagicMock

import pytest
from streamlit.proto.BackMsg_pb2 import BackendOperationRequest, BackMsg
from streamlit.runtime.app_session import AppSession

from dashboard.heard import hear_what_is_used

OPERATION = "backend_operation_request"
HEARD = {
    "rerun_script": "_handle_rerun_script_request",
    "stop_script": "_handle_stop_script_request",
    "app_heartbeat": "_handle_app_heartbeat_request",
    "file_urls_request": "_handle_file_urls_request",
    "deferred_file": "_handle_backend_operation_request",
    "dataframe_chunk": "_handle_backend_operation_request",
}


def named(message, oneof):
    """Give the names of what a message may be."""
    return [field.name for field in message.DESCRIPTOR.oneofs_by_name[oneof].fields]


def said(name):
    """Make a message of a kind that Streamlit knows."""
    message = BackMsg()
    part = message if name in named(BackMsg, "type") else message.backend_operation_request
    if part.DESCRIPTOR.fields_by_name[name].message_type:
        getattr(part, name).SetInParent()
    else:
        setattr(part, name, True)
    return message


@pytest.mark.parametrize(
    "name",
    [
        *(name for name in named(BackMsg, "type") if name != OPERATION),
        *named(BackendOperationRequest, "payload"),
    ],
)
def test_of_all_messages_that_streamlit_knows_those_in_use_are_heard(name):
    """Pages run, stop, live, take files and hand them out; no cache is emptied, and nothing is told of or written to the server."""
    hear_what_is_used()
    session = MagicMock(_handle_backend_operation_request=AsyncMock())

    async def handled():
        AppSession.handle_backmsg(session, said(name))

    asyncio.run(handled())
    done = [call[0] for call in session.method_calls if call[0].startswith(("_handle", "handle"))]
    assert done == ([HEARD[name]] if name in HEARD else [])


@pytest.mark.parametrize("message", [BackMsg(), BackMsg(backend_operation_request={})])
def test_what_says_nothing_is_passed_over(message):
    """Neither an empty message nor an operation without a name is anything to do."""
    hear_what_is_used()
    session = MagicMock()
    AppSession.handle_backmsg(session, message)
    assert session.method_calls == []
