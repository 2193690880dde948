using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AuthServer.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class OrganizationsAndProviders : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Another primary key, which SQLite can't give to a table that exists: a password belongs to an account, and accounts can be linked.
            migrationBuilder.Sql(
                """
                CREATE TABLE "password_credentials_by_account" (
                    "id" TEXT NOT NULL CONSTRAINT "PK_password_credentials" PRIMARY KEY,
                    "user_id" TEXT NOT NULL,
                    "connection" TEXT NOT NULL,
                    "normalized_email" TEXT NULL,
                    "normalized_username" TEXT NULL,
                    "password_hash" TEXT NOT NULL,
                    CONSTRAINT "FK_password_credentials_users_user_id" FOREIGN KEY ("user_id") REFERENCES "users" ("user_id") ON DELETE CASCADE
                );
                INSERT INTO "password_credentials_by_account" SELECT "user_id", "user_id", "connection", "normalized_email", "normalized_username", "password_hash" FROM "password_credentials";
                DROP TABLE "password_credentials";
                ALTER TABLE "password_credentials_by_account" RENAME TO "password_credentials";
                CREATE UNIQUE INDEX "IX_password_credentials_connection_normalized_email" ON "password_credentials" ("connection", "normalized_email");
                CREATE UNIQUE INDEX "IX_password_credentials_connection_normalized_username" ON "password_credentials" ("connection", "normalized_username");
                CREATE INDEX "IX_password_credentials_user_id" ON "password_credentials" ("user_id");
                """);

            migrationBuilder.AddColumn<bool>(
                name: "allow_organization_names",
                table: "tenant_settings",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "pushed_authorization_requests_supported",
                table: "tenant_settings",
                type: "INTEGER",
                nullable: false,
                defaultValue: true);

            migrationBuilder.AddColumn<string>(
                name: "proof_of_possession",
                table: "resource_servers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "bound_to",
                table: "refresh_tokens",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "organization_id",
                table: "grants",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "secret_sealed",
                table: "connections",
                type: "BLOB",
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

            migrationBuilder.AddColumn<int>(
                name: "pushed_request_lifetime",
                table: "clients",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "request_object_algorithm",
                table: "clients",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "request_object_credentials",
                table: "clients",
                type: "TEXT",
                nullable: false,
                defaultValueSql: "'[]'");

            migrationBuilder.AddColumn<bool>(
                name: "require_proof_of_possession",
                table: "clients",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "require_pushed_authorization_requests",
                table: "clients",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "require_signed_request_object",
                table: "clients",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

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

            migrationBuilder.AddColumn<string>(
                name: "bound_to",
                table: "authorization_codes",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "bound_to",
                table: "access_tokens",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "letter_jobs",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    type = table.Column<string>(type: "TEXT", nullable: false),
                    letter_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    status = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_letter_jobs", x => x.id);
                });

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
                name: "outgoing_mails",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "BLOB", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    next_try_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    tries = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_outgoing_mails", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "password_reset_requests",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    connections = table.Column<string>(type: "TEXT", nullable: false),
                    identifier = table.Column<string>(type: "TEXT", nullable: false),
                    client_id = table.Column<string>(type: "TEXT", nullable: true),
                    waiting_sign_in = table.Column<string>(type: "TEXT", nullable: true),
                    language = table.Column<string>(type: "TEXT", nullable: false),
                    issuer = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    next_try_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_password_reset_requests", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "pushed_requests",
                columns: table => new
                {
                    hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    client_id = table.Column<string>(type: "TEXT", nullable: false),
                    content_sealed = table.Column<byte[]>(type: "BLOB", nullable: false),
                    expires_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_pushed_requests", x => x.hash);
                    table.ForeignKey(
                        name: "FK_pushed_requests_clients_client_id",
                        column: x => x.client_id,
                        principalTable: "clients",
                        principalColumn: "client_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "tickets",
                columns: table => new
                {
                    hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    user_id = table.Column<string>(type: "TEXT", nullable: false),
                    normalized_email = table.Column<string>(type: "TEXT", nullable: true),
                    proves_address = table.Column<bool>(type: "INTEGER", nullable: false),
                    client_id = table.Column<string>(type: "TEXT", nullable: true),
                    result_url = table.Column<string>(type: "TEXT", nullable: true),
                    email_in_result = table.Column<bool>(type: "INTEGER", nullable: false),
                    waiting_sign_in = table.Column<string>(type: "TEXT", nullable: true),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    expires_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_tickets", x => x.hash);
                    table.ForeignKey(
                        name: "FK_tickets_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "user_id",
                        onDelete: ReferentialAction.Cascade);
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
                name: "IX_letter_jobs_created_at",
                table: "letter_jobs",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "IX_letter_jobs_letter_id",
                table: "letter_jobs",
                column: "letter_id");

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

            migrationBuilder.CreateIndex(
                name: "IX_outgoing_mails_next_try_at",
                table: "outgoing_mails",
                column: "next_try_at");

            migrationBuilder.CreateIndex(
                name: "IX_password_reset_requests_next_try_at",
                table: "password_reset_requests",
                column: "next_try_at");

            migrationBuilder.CreateIndex(
                name: "IX_pushed_requests_client_id",
                table: "pushed_requests",
                column: "client_id");

            migrationBuilder.CreateIndex(
                name: "IX_pushed_requests_expires_at",
                table: "pushed_requests",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "IX_tickets_expires_at",
                table: "tickets",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "IX_tickets_user_id_kind",
                table: "tickets",
                columns: new[] { "user_id", "kind" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "invitations");

            migrationBuilder.DropTable(
                name: "letter_jobs");

            migrationBuilder.DropTable(
                name: "organization_client_grants");

            migrationBuilder.DropTable(
                name: "organization_connections");

            migrationBuilder.DropTable(
                name: "organization_member_roles");

            migrationBuilder.DropTable(
                name: "outgoing_mails");

            migrationBuilder.DropTable(
                name: "password_reset_requests");

            migrationBuilder.DropTable(
                name: "pushed_requests");

            migrationBuilder.DropTable(
                name: "tickets");

            migrationBuilder.DropTable(
                name: "organization_members");

            migrationBuilder.DropTable(
                name: "organizations");

            migrationBuilder.DropPrimaryKey(
                name: "PK_password_credentials",
                table: "password_credentials");

            migrationBuilder.DropIndex(
                name: "IX_password_credentials_user_id",
                table: "password_credentials");

            migrationBuilder.DropIndex(
                name: "IX_grants_organization_id_user_id",
                table: "grants");

            migrationBuilder.DropColumn(
                name: "allow_organization_names",
                table: "tenant_settings");

            migrationBuilder.DropColumn(
                name: "pushed_authorization_requests_supported",
                table: "tenant_settings");

            migrationBuilder.DropColumn(
                name: "proof_of_possession",
                table: "resource_servers");

            migrationBuilder.DropColumn(
                name: "bound_to",
                table: "refresh_tokens");

            migrationBuilder.DropColumn(
                name: "id",
                table: "password_credentials");

            migrationBuilder.DropColumn(
                name: "organization_id",
                table: "grants");

            migrationBuilder.DropColumn(
                name: "secret_sealed",
                table: "connections");

            migrationBuilder.DropColumn(
                name: "organization_prompt",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "organization_usage",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "pushed_request_lifetime",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "request_object_algorithm",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "request_object_credentials",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "require_proof_of_possession",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "require_pushed_authorization_requests",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "require_signed_request_object",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "allow_any_organization",
                table: "client_grants");

            migrationBuilder.DropColumn(
                name: "organization_usage",
                table: "client_grants");

            migrationBuilder.DropColumn(
                name: "bound_to",
                table: "authorization_codes");

            migrationBuilder.DropColumn(
                name: "bound_to",
                table: "access_tokens");

            migrationBuilder.AddPrimaryKey(
                name: "PK_password_credentials",
                table: "password_credentials",
                column: "user_id");
        }
    }
}
