using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AuthServer.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ThirdParties : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "dynamic_client_registration_security_mode",
                table: "tenant_settings",
                type: "TEXT",
                nullable: false,
                defaultValue: "permissive");

            migrationBuilder.AddColumn<string>(
                name: "resource_parameter_profile",
                table: "tenant_settings",
                type: "TEXT",
                nullable: false,
                defaultValue: "audience");

            migrationBuilder.AddColumn<byte[]>(
                name: "subject_salt_sealed",
                table: "tenant_settings",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ip",
                table: "sessions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "issuer",
                table: "sessions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "user_agent",
                table: "sessions",
                type: "TEXT",
                maxLength: 300,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "claims",
                table: "grants",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "pairwise_subject",
                table: "grants",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "backchannel_logout_session_required",
                table: "clients",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "backchannel_logout_urls",
                table: "clients",
                type: "TEXT",
                nullable: false,
                defaultValueSql: "'[]'");

            migrationBuilder.AddColumn<string>(
                name: "client_uri",
                table: "clients",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "contacts",
                table: "clients",
                type: "TEXT",
                nullable: false,
                defaultValueSql: "'[]'");

            migrationBuilder.AddColumn<int>(
                name: "default_max_age",
                table: "clients",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "first_grant_at",
                table: "clients",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "frontchannel_logout_session_required",
                table: "clients",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "frontchannel_logout_uri",
                table: "clients",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_self_registered",
                table: "clients",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "jwks",
                table: "clients",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "jwks_uri",
                table: "clients",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "policy_uri",
                table: "clients",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "redirection_policy",
                table: "clients",
                type: "TEXT",
                nullable: false,
                defaultValue: "allow_always");

            migrationBuilder.AddColumn<bool>(
                name: "require_auth_time",
                table: "clients",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "response_types",
                table: "clients",
                type: "TEXT",
                nullable: false,
                defaultValueSql: "'[]'");

            migrationBuilder.AddColumn<string>(
                name: "sector_identifier_uri",
                table: "clients",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "subject_type",
                table: "clients",
                type: "TEXT",
                nullable: false,
                defaultValue: "public");

            migrationBuilder.AddColumn<string>(
                name: "third_party_security_mode",
                table: "clients",
                type: "TEXT",
                nullable: false,
                defaultValue: "permissive");

            migrationBuilder.AddColumn<string>(
                name: "tos_uri",
                table: "clients",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "user_info_algorithm",
                table: "clients",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "logout_notices",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    client_id = table.Column<string>(type: "TEXT", nullable: false),
                    user_id = table.Column<string>(type: "TEXT", nullable: false),
                    sid = table.Column<string>(type: "TEXT", nullable: false),
                    uri = table.Column<string>(type: "TEXT", nullable: false),
                    issuer = table.Column<string>(type: "TEXT", nullable: true),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    next_try_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    tries = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_logout_notices", x => x.id);
                    table.ForeignKey(
                        name: "FK_logout_notices_clients_client_id",
                        column: x => x.client_id,
                        principalTable: "clients",
                        principalColumn: "client_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "roles",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    description = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_roles", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "session_clients",
                columns: table => new
                {
                    session_id = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    client_id = table.Column<string>(type: "TEXT", nullable: false),
                    sid = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_session_clients", x => new { x.session_id, x.client_id, x.sid });
                    table.ForeignKey(
                        name: "FK_session_clients_clients_client_id",
                        column: x => x.client_id,
                        principalTable: "clients",
                        principalColumn: "client_id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_session_clients_sessions_session_id",
                        column: x => x.session_id,
                        principalTable: "sessions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "user_permissions",
                columns: table => new
                {
                    user_id = table.Column<string>(type: "TEXT", nullable: false),
                    audience = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_user_permissions", x => new { x.user_id, x.audience, x.name });
                    table.ForeignKey(
                        name: "FK_user_permissions_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "user_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "role_members",
                columns: table => new
                {
                    role_id = table.Column<string>(type: "TEXT", nullable: false),
                    user_id = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_role_members", x => new { x.user_id, x.role_id });
                    table.ForeignKey(
                        name: "FK_role_members_roles_role_id",
                        column: x => x.role_id,
                        principalTable: "roles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_role_members_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "user_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "role_permissions",
                columns: table => new
                {
                    role_id = table.Column<string>(type: "TEXT", nullable: false),
                    audience = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_role_permissions", x => new { x.role_id, x.audience, x.name });
                    table.ForeignKey(
                        name: "FK_role_permissions_roles_role_id",
                        column: x => x.role_id,
                        principalTable: "roles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_grants_pairwise_subject_client_id",
                table: "grants",
                columns: new[] { "pairwise_subject", "client_id" });

            migrationBuilder.CreateIndex(
                name: "IX_clients_is_self_registered_created_at",
                table: "clients",
                columns: new[] { "is_self_registered", "created_at" });

            migrationBuilder.CreateIndex(
                name: "IX_logout_notices_client_id",
                table: "logout_notices",
                column: "client_id");

            migrationBuilder.CreateIndex(
                name: "IX_logout_notices_next_try_at",
                table: "logout_notices",
                column: "next_try_at");

            migrationBuilder.CreateIndex(
                name: "IX_role_members_role_id_user_id",
                table: "role_members",
                columns: new[] { "role_id", "user_id" });

            migrationBuilder.CreateIndex(
                name: "IX_role_permissions_audience",
                table: "role_permissions",
                column: "audience");

            migrationBuilder.CreateIndex(
                name: "IX_roles_name",
                table: "roles",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_session_clients_client_id",
                table: "session_clients",
                column: "client_id");

            migrationBuilder.CreateIndex(
                name: "IX_user_permissions_audience",
                table: "user_permissions",
                column: "audience");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "logout_notices");

            migrationBuilder.DropTable(
                name: "role_members");

            migrationBuilder.DropTable(
                name: "role_permissions");

            migrationBuilder.DropTable(
                name: "session_clients");

            migrationBuilder.DropTable(
                name: "user_permissions");

            migrationBuilder.DropTable(
                name: "roles");

            migrationBuilder.DropIndex(
                name: "IX_grants_pairwise_subject_client_id",
                table: "grants");

            migrationBuilder.DropIndex(
                name: "IX_clients_is_self_registered_created_at",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "dynamic_client_registration_security_mode",
                table: "tenant_settings");

            migrationBuilder.DropColumn(
                name: "resource_parameter_profile",
                table: "tenant_settings");

            migrationBuilder.DropColumn(
                name: "subject_salt_sealed",
                table: "tenant_settings");

            migrationBuilder.DropColumn(
                name: "ip",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "issuer",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "user_agent",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "claims",
                table: "grants");

            migrationBuilder.DropColumn(
                name: "pairwise_subject",
                table: "grants");

            migrationBuilder.DropColumn(
                name: "backchannel_logout_session_required",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "backchannel_logout_urls",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "client_uri",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "contacts",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "default_max_age",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "first_grant_at",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "frontchannel_logout_session_required",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "frontchannel_logout_uri",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "is_self_registered",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "jwks",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "jwks_uri",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "policy_uri",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "redirection_policy",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "require_auth_time",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "response_types",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "sector_identifier_uri",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "subject_type",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "third_party_security_mode",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "tos_uri",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "user_info_algorithm",
                table: "clients");
        }
    }
}
