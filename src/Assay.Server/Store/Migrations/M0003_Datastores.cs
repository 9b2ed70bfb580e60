using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assay.Server.Store.Migrations;

/// <summary>Datastores with their groups, tags, teams and favourites.</summary>
[DbContext(typeof(AssayDb)), Migration("0003_Datastores")]
internal sealed class M0003_Datastores : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        CreateGroupsAndTags(migrationBuilder);
        CreateDatastores(migrationBuilder);
        CreateLinks(migrationBuilder);
    }

    private static void CreateGroupsAndTags(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("datastore_groups", table => new
        {
            id = table.Id(),
            name = table.Text(),
            name_key = table.Text(),
            icon = table.Text(),
            created = table.Time(),
        }, constraints: table => table.PrimaryKey("pk_datastore_groups", x => x.id));
        migrationBuilder.CreateIndex("ux_datastore_groups_name_key", "datastore_groups", "name_key", unique: true);

        migrationBuilder.CreateTable("tags", table => new
        {
            id = table.Id(),
            type = table.Text(),
            name = table.Text(),
            color = table.Text(nullable: true),
            description = table.Text(nullable: true),
            category = table.Text(nullable: true),
            weight_modifier = table.Number(),
            parent_lineage_tag_id = table.Number(nullable: true),
            created = table.Time(),
        }, constraints: table =>
        {
            table.PrimaryKey("pk_tags", x => x.id);
            table.ForeignKey("fk_tags_parent", x => x.parent_lineage_tag_id, "tags", "id", onDelete: ReferentialAction.SetNull);
        });
        migrationBuilder.CreateIndex("ix_tags_parent", "tags", "parent_lineage_tag_id", filter: "parent_lineage_tag_id IS NOT NULL");
        migrationBuilder.CreateIndex("ux_tags_name", "tags", "name", unique: true);
    }

    private static void CreateDatastores(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("datastores", table => new
        {
            id = table.Id(),
            name = table.Text(),
            name_key = table.Text(),
            description = table.Text(nullable: true),
            connection_id = table.Number(),
            type = table.Text(),
            store_type = table.Text(),
            database = table.Text(nullable: true),
            schema = table.Text(nullable: true),
            root_path = table.Text(nullable: true),
            folder_globbing_enabled = table.Flag(),
            enrichment_only = table.Flag(),
            group_id = table.Number(nullable: true),
            enrichment_datastore_id = table.Number(nullable: true),
            enrichment_prefix = table.Text(nullable: true),
            enrichment_source_record_limit = table.Number(),
            enrichment_remediation_strategy = table.Text(),
            high_count_rollup_threshold = table.Number(),
            connected = table.Flag(),
            containers = table.Number(defaultValue: 0),
            records = table.Number(defaultValue: 0),
            fields_profiled = table.Number(defaultValue: 0),
            active_checks = table.Number(defaultValue: 0),
            active_anomalies = table.Number(defaultValue: 0),
            created = table.Time(),
            updated = table.Time(),
            deleted = table.Time(nullable: true),
        }, constraints: table =>
        {
            table.PrimaryKey("pk_datastores", x => x.id);
            table.ForeignKey("fk_datastores_connection", x => x.connection_id, "connections", "id", onDelete: ReferentialAction.Restrict);
            table.ForeignKey("fk_datastores_group", x => x.group_id, "datastore_groups", "id", onDelete: ReferentialAction.SetNull);
            table.ForeignKey("fk_datastores_enrichment", x => x.enrichment_datastore_id, "datastores", "id", onDelete: ReferentialAction.SetNull);
        });
        migrationBuilder.CreateIndex("ix_datastores_connection", "datastores", "connection_id");
        migrationBuilder.CreateIndex("ix_datastores_group", "datastores", "group_id");
        migrationBuilder.CreateIndex("ix_datastores_enrichment", "datastores", ["enrichment_datastore_id", "enrichment_prefix"]);
        migrationBuilder.CreateIndex("ix_datastores_deleted", "datastores", "deleted", filter: "deleted IS NOT NULL");
        // One order per sort key over what lists show; the id makes every order total. "deleted" is always null there, yet
        // SQLite walks an index without the table only where the index holds it.
        foreach (var key in new[] { "id", "name_key", "created", "containers", "active_anomalies" })
            migrationBuilder.CreateIndex($"ix_datastores_by_{key}", "datastores",
                key == "id" ? ["enrichment_only", "id", "deleted"] : ["enrichment_only", key, "id", "deleted"], filter: "deleted IS NULL");
    }

    private static void CreateLinks(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("datastore_tags", table => new
        {
            datastore_id = table.Number(),
            tag_id = table.Number(),
        }, constraints: table =>
        {
            table.PrimaryKey("pk_datastore_tags", x => new { x.datastore_id, x.tag_id });
            table.ForeignKey("fk_datastore_tags_datastore", x => x.datastore_id, "datastores", "id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("fk_datastore_tags_tag", x => x.tag_id, "tags", "id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("ix_datastore_tags_tag", "datastore_tags", ["tag_id", "datastore_id"]);

        migrationBuilder.CreateTable("team_datastores", table => new
        {
            team_id = table.Number(),
            datastore_id = table.Number(),
        }, constraints: table =>
        {
            table.PrimaryKey("pk_team_datastores", x => new { x.team_id, x.datastore_id });
            table.ForeignKey("fk_team_datastores_team", x => x.team_id, "teams", "id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("fk_team_datastores_datastore", x => x.datastore_id, "datastores", "id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("ix_team_datastores_datastore", "team_datastores", ["datastore_id", "team_id"]);

        migrationBuilder.CreateTable("datastore_favorites", table => new
        {
            user_id = table.Number(),
            datastore_id = table.Number(),
        }, constraints: table =>
        {
            table.PrimaryKey("pk_datastore_favorites", x => new { x.user_id, x.datastore_id });
            table.ForeignKey("fk_datastore_favorites_user", x => x.user_id, "users", "id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("fk_datastore_favorites_datastore", x => x.datastore_id, "datastores", "id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("ix_datastore_favorites_datastore", "datastore_favorites", "datastore_id");
    }
}
