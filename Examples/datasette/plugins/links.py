"""Links each id to its row. metadata.json says under `devin-links` which column holds ids, and where their rows are."""
from urllib.parse import quote

from datasette import hookimpl
from datasette.utils import tilde_encode
from markupsafe import Markup, escape


@hookimpl
def render_cell(value, column, table, database, datasette):
    links = datasette.plugin_config("devin-links", database=database, table=table) or {}
    if not value or column not in links:
        return None
    place, encode = links[column], quote if "?" in links[column] else tilde_encode
    address = f"{datasette.urls.database(database)}/{place}{encode(str(value))}"
    return Markup(f'<a href="{escape(address)}">{escape(value)}</a>')
