using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assay.Server.Store.Migrations;

/// <summary>Users, teams, tokens, and the keys that seal secrets.</summary>
[DbContext(typeof(AssayDb)), Migration("0001_Identity")]
internal sealed class M0001_Identity : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("data_keys", table => new
        {
            id = table.Id(),
            master_key_id = table.Text(),
            wrapped = table.Text(),
            created = table.Time(),
        }, constraints: table => table.PrimaryKey("pk_data_keys", x => x.id));

        migrationBuilder.CreateTable("installation_secrets", table => new
        {
            name = table.Text(),
            ciphertext = table.Text(),
        }, constraints: table => table.PrimaryKey("pk_installation_secrets", x => x.name));

        migrationBuilder.CreateTable("users", table => new
        {
            id = table.Id(),
            user_id = table.Text(),
            user_name = table.Text(),
            email = table.Text(nullable: true),
            email_key = table.Text(nullable: true),
            name = table.Text(),
            name_key = table.Text(),
            user_type = table.Text(),
            role = table.Text(),
            deactivated = table.Flag(),
            created = table.Time(),
            created_by_id = table.Number(nullable: true),
        }, constraints: table => table.PrimaryKey("pk_users", x => x.id));
        migrationBuilder.CreateIndex("ux_users_user_id", "users", "user_id", unique: true);
        migrationBuilder.CreateIndex("ux_users_email_key", "users", "email_key", unique: true);

        migrationBuilder.CreateTable("teams", table => new
        {
            id = table.Id(),
            name = table.Text(),
            name_key = table.Text(),
            description = table.Text(nullable: true),
            permission = table.Number(),
            is_public = table.Flag(),
            created = table.Time(),
        }, constraints: table => table.PrimaryKey("pk_teams", x => x.id));
        migrationBuilder.CreateIndex("ux_teams_name_key", "teams", "name_key", unique: true);

        migrationBuilder.CreateTable("team_members", table => new
        {
            team_id = table.Number(),
            user_id = table.Number(),
        }, constraints: table =>
        {
            table.PrimaryKey("pk_team_members", x => new { x.team_id, x.user_id });
            table.ForeignKey("fk_team_members_team", x => x.team_id, "teams", "id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("fk_team_members_user", x => x.user_id, "users", "id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("ix_team_members_user", "team_members", "user_id");

        migrationBuilder.CreateTable("user_tokens", table => new
        {
            id = table.Id(),
            user_id = table.Number(),
            name = table.Text(),
            hash = table.Text(),
            created = table.Time(),
            expiration = table.Time(nullable: true),
            revoked = table.Flag(),
            scim_endpoints_only = table.Flag(),
            last_used = table.Time(nullable: true),
        }, constraints: table =>
        {
            table.PrimaryKey("pk_user_tokens", x => x.id);
            table.ForeignKey("fk_user_tokens_user", x => x.user_id, "users", "id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("ux_user_tokens_hash", "user_tokens", "hash", unique: true);
        migrationBuilder.CreateIndex("ix_user_tokens_user", "user_tokens", "user_id");

        migrationBuilder.CreateTable("changes", table => new
        {
            id = table.Id(),
            object_type = table.Text(),
            object_id = table.Number(),
            verb = table.Text(),
            changeset = table.Text(),
            issued_at = table.Time(),
            user_id = table.Number(nullable: true),
        }, constraints: table => table.PrimaryKey("pk_changes", x => x.id));
        migrationBuilder.CreateIndex("ix_changes_object", "changes", ["object_type", "object_id", "id"]);
        migrationBuilder.CreateIndex("ix_changes_issued_at", "changes", "issued_at");
        migrationBuilder.CreateIndex("ix_changes_user", "changes", ["user_id", "id"]);
    }
}
