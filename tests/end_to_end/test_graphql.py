"""What the API tells of every asset: documentation, owners, schema, row counts, column lineage; automation is on."""

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("server")]

NODES = """
{ assetNodes {
    assetKey { path } groupName description kinds opVersion
    owners { ... on TeamAssetOwner { team } }
    metadataEntries { label ... on TableSchemaMetadataEntry { schema { columns { name description } } } }
    assetMaterializations(limit: 1) {
      metadataEntries { label
        ... on IntMetadataEntry { intValue }
        ... on TableColumnLineageMetadataEntry { lineage { columnName columnDeps { assetKey { path } columnName } } } }
    }
} }"""

TABLES = {
    "raw_reports",
    "clean_reports",
    "texts",
    "sections",
    "sentences",
    "facts",
    "rankings",
    "commitments",
    "mentions",
}


@pytest.fixture(scope="module")
def nodes(server):
    return {node["assetKey"]["path"][-1]: node for node in server.ask(NODES)["assetNodes"]}


def test_every_asset_is_documented(nodes):
    for name, node in nodes.items():
        assert node["description"], name
        assert node["owners"], name
        assert node["kinds"], name
        assert node["opVersion"], name
        assert node["groupName"] != "default", name


@pytest.mark.parametrize("name", sorted(TABLES))
def test_table_has_schema_rows_and_lineage(nodes, name):
    node = nodes[name]
    (schema,) = [entry["schema"] for entry in node["metadataEntries"] if entry["label"] == "dagster/column_schema"]
    assert all(column["description"] for column in schema["columns"])
    (materialization,) = node["assetMaterializations"]
    entries = {entry["label"]: entry for entry in materialization["metadataEntries"]}
    assert entries["rows"]["intValue"] > 0
    lineage = entries["dagster/column_lineage"]["lineage"]
    assert {column["columnName"] for column in lineage} <= {column["name"] for column in schema["columns"]}
    assert any(column["columnDeps"] for column in lineage)


def test_fact_columns_come_from_sentences(nodes):
    (materialization,) = nodes["facts"]["assetMaterializations"]
    lineage = next(
        entry["lineage"] for entry in materialization["metadataEntries"] if entry["label"] == "dagster/column_lineage"
    )
    value = next(column for column in lineage if column["columnName"] == "value")
    assert {("sentences", "text")} <= {(dep["assetKey"]["path"][-1], dep["columnName"]) for dep in value["columnDeps"]}


INSTIGATORS = """
{ repositoriesOrError { ... on RepositoryConnection { nodes {
    schedules { name cronSchedule executionTimezone scheduleState { status } }
    sensors { name sensorState { status ticks(limit: 5) { status skipReason } } }
} } } }"""


def test_schedule_and_sensors_are_running(server):
    (repository,) = server.ask(INSTIGATORS)["repositoriesOrError"]["nodes"]
    schedules = {schedule["name"]: schedule for schedule in repository["schedules"]}
    assert schedules["nightly"]["scheduleState"]["status"] == "RUNNING"
    assert schedules["nightly"]["executionTimezone"] == "Asia/Shanghai"
    sensors = {sensor["name"]: sensor["sensorState"]["status"] for sensor in repository["sensors"]}
    assert sensors["landing_zone"] == "RUNNING"
