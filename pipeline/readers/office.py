"""What the office formats of ECMA-376 (DOCX, XLSX) share: which part is the main one, and the properties of the file."""

from __future__ import annotations

import posixpath

from pipeline.readers.guards import Archive, RefusedError
from pipeline.readers.reading import Draft

_CORE = "docProps/core.xml"
# Property -> the field of `documents` or of the evidence that it speaks of.
_PROPERTIES = {
    "title": "file_title",
    "creator": "author",
    "subject": "subject",
    "keywords": "keywords",
    "created": "created_on",
    "modified": "modified_on",
}


def main_part(archive: Archive, default: str) -> str:
    """The name of the part that holds the document itself."""
    if default in archive:
        return default
    if "_rels/.rels" in archive:
        for relation in archive.xml("_rels/.rels"):
            if (relation.get("Type") or "").endswith("/officeDocument"):
                name = (relation.get("Target") or "").lstrip("/")
                if name in archive:
                    return name
    raise RefusedError("broken_file", f"The file lacks its main part {default}.")


def relations(archive: Archive, part: str) -> dict[str, str]:
    """Kind -> name of the parts that `part` leans on: styles, numbering, footnotes."""
    folder, name = posixpath.split(part)
    rels = f"{folder}/_rels/{name}.rels"
    if rels not in archive:
        return {}
    found: dict[str, str] = {}
    for relation in archive.xml(rels):
        if relation.get("TargetMode") != "External":
            kind = posixpath.basename(relation.get("Type") or "")
            target = relation.get("Target") or ""
            found.setdefault(
                kind,
                target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target)),
            )
    return found


def state_core_properties(draft: Draft, archive: Archive) -> None:
    """What docProps/core.xml says; a file whose properties are broken is read all the same."""
    try:
        root = archive.xml(_CORE) if _CORE in archive else None
    except RefusedError:
        return
    for element in root if root is not None else ():
        name = str(element.tag).rpartition("}")[2]
        if name in _PROPERTIES and element.text:
            draft.state(_PROPERTIES[name], element.text, f"{_CORE} {name}: {element.text.strip()}")
