using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AuthServer.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class SettingsAndQuotas : Migration
    {
        private static readonly (string Table, string Column, string Value)[] Obsolete =
        [
            ("tenant_settings", "other", "'{}'"),
            ("resource_servers", "other", "'{}'"),
            ("organizations", "other", "'{}'"),
            ("organization_connections", "other", "'{}'"),
            ("connections", "other", "'{}'"),
            ("clients", "other", "'{}'"),
            ("client_grants", "other", "'{}'"),
            ("clients", "oidc_conformant", "TRUE"),
        ];

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "is_sso_disabled",
                table: "clients",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "default_client_quota",
                table: "tenant_settings",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "default_organization_quota",
                table: "tenant_settings",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<double>(
                name: "ephemeral_session_lifetime",
                table: "tenant_settings",
                type: "double precision",
                nullable: false,
                defaultValue: 72.0);

            migrationBuilder.AddColumn<string>(
                name: "error_page_url",
                table: "tenant_settings",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "favicon_url",
                table: "tenant_settings",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "font_url",
                table: "tenant_settings",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<bool>(
                name: "has_persistent_session_cookie",
                table: "tenant_settings",
                type: "boolean",
                nullable: false,
                defaultValue: true);

            migrationBuilder.AddColumn<double>(
                name: "idle_ephemeral_session_lifetime",
                table: "tenant_settings",
                type: "double precision",
                nullable: false,
                defaultValue: 24.0);

            migrationBuilder.AddColumn<string>(
                name: "page_background",
                table: "tenant_settings",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "token_quota",
                table: "organizations",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "default_organization_id",
                table: "clients",
                type: "character varying(32)",
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "token_quota",
                table: "clients",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<bool>(
                name: "allows_all_scopes",
                table: "client_grants",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            foreach (var statement in KeptMembers.OfPostgres.Statements)
                migrationBuilder.Sql(statement);

            // The columns stay for nodes of the version before, which run beside this one during an upgrade.
            foreach (var (table, column, value) in Obsolete)
                migrationBuilder.Sql($"ALTER TABLE {table} ALTER COLUMN {column} SET DEFAULT {value}");

            migrationBuilder.CreateTable(
                name: "former_passwords",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<string>(type: "character varying(255)", nullable: false, collation: "C"),
                    password_hash = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    replaced_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
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

            migrationBuilder.AddForeignKey(
                name: "FK_clients_organizations_default_organization_id",
                table: "clients",
                column: "default_organization_id",
                principalTable: "organizations",
                principalColumn: "id",
                onDelete: ReferentialAction.SetNull);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (var (table, column, _) in Obsolete)
                migrationBuilder.Sql($"ALTER TABLE {table} ALTER COLUMN {column} DROP DEFAULT");

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
        }
    }
}
