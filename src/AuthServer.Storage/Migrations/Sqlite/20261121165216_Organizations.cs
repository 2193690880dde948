using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AuthServer.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Organizations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "allow_organization_names",
                table: "tenant_settings",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "organization_id",
                table: "grants",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "organization_prompt",
                table: "clients",
                type: "TEXT",
                nullable: false,
                defaultValue: "no_prompt");

            migrationBuilder.AddColumn<string>(
                name: "organization_usage",
                table: "clients",
                type: "TEXT",
                nullable: false,
                defaultValue: "deny");

            migrationBuilder.AddColumn<bool>(
                name: "allow_any_organization",
                table: "client_grants",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "organization_usage",
                table: "client_grants",
                type: "TEXT",
                nullable: false,
                defaultValue: "deny");

            migrationBuilder.CreateTable(
                name: "organizations",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 50, nullable: false),
                    display_name = table.Column<string>(type: "TEXT", nullable: true),
                    logo_url = table.Column<string>(type: "TEXT", nullable: true),
                    primary_color = table.Column<string>(type: "TEXT", nullable: true),
                    page_background = table.Column<string>(type: "TEXT", nullable: true),
                    metadata = table.Column<string>(type: "TEXT", nullable: false),
                    allows_third_parties = table.Column<bool>(type: "INTEGER", nullable: false),
                    other = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_organizations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "invitations",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    organization_id = table.Column<string>(type: "TEXT", nullable: false),
                    client_id = table.Column<string>(type: "TEXT", nullable: false),
                    connection_id = table.Column<string>(type: "TEXT", nullable: true),
                    ticket_hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    mailed_ticket_hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: true),
                    inviter_name = table.Column<string>(type: "TEXT", nullable: false),
                    email = table.Column<string>(type: "TEXT", nullable: false),
                    roles = table.Column<string>(type: "TEXT", nullable: false),
                    app_metadata = table.Column<string>(type: "TEXT", nullable: false),
                    user_metadata = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    expires_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    accepted_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    accepted_by = table.Column<string>(type: "TEXT", nullable: true),
                    revoked_at = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_invitations", x => x.id);
                    table.ForeignKey(
                        name: "FK_invitations_clients_client_id",
                        column: x => x.client_id,
                        principalTable: "clients",
                        principalColumn: "client_id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_invitations_connections_connection_id",
                        column: x => x.connection_id,
                        principalTable: "connections",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_invitations_organizations_organization_id",
                        column: x => x.organization_id,
                        principalTable: "organizations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "organization_client_grants",
                columns: table => new
                {
                    organization_id = table.Column<string>(type: "TEXT", nullable: false),
                    client_grant_id = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_organization_client_grants", x => new { x.organization_id, x.client_grant_id });
                    table.ForeignKey(
                        name: "FK_organization_client_grants_client_grants_client_grant_id",
                        column: x => x.client_grant_id,
                        principalTable: "client_grants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_organization_client_grants_organizations_organization_id",
                        column: x => x.organization_id,
                        principalTable: "organizations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "organization_connections",
                columns: table => new
                {
                    organization_id = table.Column<string>(type: "TEXT", nullable: false),
                    connection_id = table.Column<string>(type: "TEXT", nullable: false),
                    assign_membership_on_login = table.Column<bool>(type: "INTEGER", nullable: false),
                    show_as_button = table.Column<bool>(type: "INTEGER", nullable: false),
                    is_signup_enabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    is_enabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    other = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_organization_connections", x => new { x.organization_id, x.connection_id });
                    table.ForeignKey(
                        name: "FK_organization_connections_connections_connection_id",
                        column: x => x.connection_id,
                        principalTable: "connections",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_organization_connections_organizations_organization_id",
                        column: x => x.organization_id,
                        principalTable: "organizations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "organization_members",
                columns: table => new
                {
                    organization_id = table.Column<string>(type: "TEXT", nullable: false),
                    user_id = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_organization_members", x => new { x.organization_id, x.user_id });
                    table.ForeignKey(
                        name: "FK_organization_members_organizations_organization_id",
                        column: x => x.organization_id,
                        principalTable: "organizations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_organization_members_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "user_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "organization_member_roles",
                columns: table => new
                {
                    organization_id = table.Column<string>(type: "TEXT", nullable: false),
                    user_id = table.Column<string>(type: "TEXT", nullable: false),
                    role_id = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_organization_member_roles", x => new { x.organization_id, x.user_id, x.role_id });
                    table.ForeignKey(
                        name: "FK_organization_member_roles_organization_members_organization_id_user_id",
                        columns: x => new { x.organization_id, x.user_id },
                        principalTable: "organization_members",
                        principalColumns: new[] { "organization_id", "user_id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_organization_member_roles_roles_role_id",
                        column: x => x.role_id,
                        principalTable: "roles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_grants_organization_id_user_id",
                table: "grants",
                columns: new[] { "organization_id", "user_id" });

            migrationBuilder.CreateIndex(
                name: "IX_invitations_client_id",
                table: "invitations",
                column: "client_id");

            migrationBuilder.CreateIndex(
                name: "IX_invitations_connection_id",
                table: "invitations",
                column: "connection_id");

            migrationBuilder.CreateIndex(
                name: "IX_invitations_expires_at",
                table: "invitations",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "IX_invitations_mailed_ticket_hash",
                table: "invitations",
                column: "mailed_ticket_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_invitations_organization_id_created_at",
                table: "invitations",
                columns: new[] { "organization_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "IX_invitations_ticket_hash",
                table: "invitations",
                column: "ticket_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_organization_client_grants_client_grant_id",
                table: "organization_client_grants",
                column: "client_grant_id");

            migrationBuilder.CreateIndex(
                name: "IX_organization_connections_connection_id",
                table: "organization_connections",
                column: "connection_id");

            migrationBuilder.CreateIndex(
                name: "IX_organization_member_roles_role_id",
                table: "organization_member_roles",
                column: "role_id");

            migrationBuilder.CreateIndex(
                name: "IX_organization_members_user_id",
                table: "organization_members",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "IX_organizations_created_at",
                table: "organizations",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "IX_organizations_name",
                table: "organizations",
                column: "name",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "invitations");

            migrationBuilder.DropTable(
                name: "organization_client_grants");

            migrationBuilder.DropTable(
                name: "organization_connections");

            migrationBuilder.DropTable(
                name: "organization_member_roles");

            migrationBuilder.DropTable(
                name: "organization_members");

            migrationBuilder.DropTable(
                name: "organizations");

            migrationBuilder.DropIndex(
                name: "IX_grants_organization_id_user_id",
                table: "grants");

            migrationBuilder.DropColumn(
                name: "allow_organization_names",
                table: "tenant_settings");

            migrationBuilder.DropColumn(
                name: "organization_id",
                table: "grants");

            migrationBuilder.DropColumn(
                name: "organization_prompt",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "organization_usage",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "allow_any_organization",
                table: "client_grants");

            migrationBuilder.DropColumn(
                name: "organization_usage",
                table: "client_grants");
        }
    }
}
