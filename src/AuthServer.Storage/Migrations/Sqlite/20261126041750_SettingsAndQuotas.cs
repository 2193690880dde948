using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AuthServer.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class SettingsAndQuotas : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "is_sso_disabled",
                table: "clients",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "default_client_quota",
                table: "tenant_settings",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "default_organization_quota",
                table: "tenant_settings",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "ephemeral_session_lifetime",
                table: "tenant_settings",
                type: "REAL",
                nullable: false,
                defaultValue: 72.0);

            migrationBuilder.AddColumn<string>(
                name: "error_page_url",
                table: "tenant_settings",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "favicon_url",
                table: "tenant_settings",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "font_url",
                table: "tenant_settings",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "has_persistent_session_cookie",
                table: "tenant_settings",
                type: "INTEGER",
                nullable: false,
                defaultValue: true);

            migrationBuilder.AddColumn<double>(
                name: "idle_ephemeral_session_lifetime",
                table: "tenant_settings",
                type: "REAL",
                nullable: false,
                defaultValue: 24.0);

            migrationBuilder.AddColumn<string>(
                name: "page_background",
                table: "tenant_settings",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "token_quota",
                table: "organizations",
                type: "TEXT",
                nullable: true);

            // Statements of SQLite's own in place of a rebuilt table, for which EF Core leaves the transaction.
            migrationBuilder.Sql(
                """
                ALTER TABLE clients ADD COLUMN default_organization_id TEXT NULL
                CONSTRAINT "FK_clients_organizations_default_organization_id"
                REFERENCES organizations (id) ON DELETE SET NULL
                """);

            migrationBuilder.AddColumn<string>(
                name: "token_quota",
                table: "clients",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "allows_all_scopes",
                table: "client_grants",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            foreach (var statement in KeptMembers.OfSqlite.Statements)
                migrationBuilder.Sql(statement);

            migrationBuilder.Sql("ALTER TABLE clients DROP COLUMN oidc_conformant");
            migrationBuilder.Sql("ALTER TABLE tenant_settings DROP COLUMN other");
            migrationBuilder.Sql("ALTER TABLE resource_servers DROP COLUMN other");
            migrationBuilder.Sql("ALTER TABLE organizations DROP COLUMN other");
            migrationBuilder.Sql("ALTER TABLE organization_connections DROP COLUMN other");
            migrationBuilder.Sql("ALTER TABLE connections DROP COLUMN other");
            migrationBuilder.Sql("ALTER TABLE clients DROP COLUMN other");
            migrationBuilder.Sql("ALTER TABLE client_grants DROP COLUMN other");

            migrationBuilder.CreateTable(
                name: "former_passwords",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    user_id = table.Column<string>(type: "TEXT", nullable: false),
                    password_hash = table.Column<string>(type: "TEXT", nullable: false),
                    replaced_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_former_passwords", x => x.id);
                    table.ForeignKey(
                        name: "FK_former_passwords_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "user_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_clients_default_organization_id",
                table: "clients",
                column: "default_organization_id");

            migrationBuilder.CreateIndex(
                name: "IX_former_passwords_user_id_replaced_at",
                table: "former_passwords",
                columns: new[] { "user_id", "replaced_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_clients_organizations_default_organization_id",
                table: "clients");

            migrationBuilder.DropTable(
                name: "former_passwords");

            migrationBuilder.DropIndex(
                name: "IX_clients_default_organization_id",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "default_client_quota",
                table: "tenant_settings");

            migrationBuilder.DropColumn(
                name: "default_organization_quota",
                table: "tenant_settings");

            migrationBuilder.DropColumn(
                name: "ephemeral_session_lifetime",
                table: "tenant_settings");

            migrationBuilder.DropColumn(
                name: "error_page_url",
                table: "tenant_settings");

            migrationBuilder.DropColumn(
                name: "favicon_url",
                table: "tenant_settings");

            migrationBuilder.DropColumn(
                name: "font_url",
                table: "tenant_settings");

            migrationBuilder.DropColumn(
                name: "has_persistent_session_cookie",
                table: "tenant_settings");

            migrationBuilder.DropColumn(
                name: "idle_ephemeral_session_lifetime",
                table: "tenant_settings");

            migrationBuilder.DropColumn(
                name: "page_background",
                table: "tenant_settings");

            migrationBuilder.DropColumn(
                name: "token_quota",
                table: "organizations");

            migrationBuilder.DropColumn(
                name: "default_organization_id",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "token_quota",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "allows_all_scopes",
                table: "client_grants");

            migrationBuilder.DropColumn(
                name: "is_sso_disabled",
                table: "clients");

            migrationBuilder.AddColumn<bool>(
                name: "oidc_conformant",
                table: "clients",
                type: "INTEGER",
                nullable: false,
                defaultValue: true);

            migrationBuilder.AddColumn<string>(
                name: "other",
                table: "tenant_settings",
                type: "TEXT",
                nullable: false,
                defaultValue: "{}");

            migrationBuilder.AddColumn<string>(
                name: "other",
                table: "resource_servers",
                type: "TEXT",
                nullable: false,
                defaultValue: "{}");

            migrationBuilder.AddColumn<string>(
                name: "other",
                table: "organizations",
                type: "TEXT",
                nullable: false,
                defaultValue: "{}");

            migrationBuilder.AddColumn<string>(
                name: "other",
                table: "organization_connections",
                type: "TEXT",
                nullable: false,
                defaultValue: "{}");

            migrationBuilder.AddColumn<string>(
                name: "other",
                table: "connections",
                type: "TEXT",
                nullable: false,
                defaultValue: "{}");

            migrationBuilder.AddColumn<string>(
                name: "other",
                table: "clients",
                type: "TEXT",
                nullable: false,
                defaultValue: "{}");

            migrationBuilder.AddColumn<string>(
                name: "other",
                table: "client_grants",
                type: "TEXT",
                nullable: false,
                defaultValue: "{}");
        }
    }
}
