"""ro-crate-metadata.json: what the export folders are together, in the terms of RO-Crate 1.1 (w3id.org/ro/crate/1.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

METADATA = "ro-crate-metadata.json"
SPECIFICATION = "https://w3id.org/ro/crate/1.1"


def crate(packages: Mapping[str, Mapping[str, Any]], published: str) -> dict[str, Any]:
    """The crate of several data packages, by folder; `published` is the day of the version, YYYY-MM-DD.

    A file is described once, as its package describes it; the schema stays in the package.
    """
    first = next(iter(packages.values()))
    (licence,) = first["licenses"]
    files = {
        f"{folder}/{resource['path']}": resource
        for folder, package in packages.items()
        for resource in package["resources"]
    }
    return {
        "@context": f"{SPECIFICATION}/context",
        "@graph": [
            {
                "@id": METADATA,
                "@type": "CreativeWork",
                "about": {"@id": "./"},
                "conformsTo": {"@id": SPECIFICATION},
            },
            {
                "@id": "./",
                "@type": "Dataset",
                "name": first["title"],
                "description": first["description"],
                "version": first["version"],
                "datePublished": published,
                "license": {"@id": licence["path"]},
                "keywords": first["keywords"],
                "hasPart": _references(f"{folder}/" for folder in packages),
            },
            {"@id": licence["path"], "@type": "CreativeWork", "name": licence["title"]},
            *(_folder(folder, [name for name in files if name.startswith(f"{folder}/")]) for folder in packages),
            *(_file(name, resource) for name, resource in files.items()),
        ],
    }


def _folder(folder: str, files: Iterable[str]) -> dict[str, Any]:
    return {
        "@id": f"{folder}/",
        "@type": "Dataset",
        "name": folder,
        "description": f"As {folder}; columns, keys and allowed values are in {folder}/datapackage.json.",
        "hasPart": _references([f"{folder}/datapackage.json", *files]),
    }


def _file(name: str, resource: Mapping[str, Any]) -> dict[str, Any]:
    kinds = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
    own = {"name": resource["title"], "description": resource["description"]} if resource["format"] != "xlsx" else {}
    return {"@id": name, "@type": "File"} | own | {"encodingFormat": resource.get("mediatype") or kinds["xlsx"]}


def _references(names: Iterable[str]) -> list[dict[str, str]]:
    return [{"@id": name} for name in names]
