using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AuthServer.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class LimitsAndActions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "is_refusal",
                table: "log_events",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateIndex(
                name: "IX_log_events_type_id",
                table: "log_events",
                columns: new[] { "type", "id" },
                filter: "is_refusal");

            migrationBuilder.CreateTable(
                name: "known_addresses",
                columns: table => new
                {
                    user_id = table.Column<string>(type: "TEXT", nullable: false),
                    address = table.Column<string>(type: "TEXT", nullable: false),
                    last_login_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_known_addresses", x => new { x.user_id, x.address });
                    table.ForeignKey(
                        name: "FK_known_addresses_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "user_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "login_counters",
                columns: table => new
                {
                    hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    account = table.Column<string>(type: "TEXT", nullable: true),
                    address = table.Column<string>(type: "TEXT", nullable: true),
                    count = table.Column<int>(type: "INTEGER", nullable: false),
                    resets_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    blocked_until = table.Column<DateTime>(type: "TEXT", nullable: true),
                    issuer = table.Column<string>(type: "TEXT", nullable: false),
                    notice_due_at = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_login_counters", x => x.hash);
                });

            migrationBuilder.CreateIndex(
                name: "IX_known_addresses_last_login_at",
                table: "known_addresses",
                column: "last_login_at");

            migrationBuilder.CreateIndex(
                name: "IX_login_counters_account",
                table: "login_counters",
                column: "account");

            migrationBuilder.CreateIndex(
                name: "IX_login_counters_notice_due_at",
                table: "login_counters",
                column: "notice_due_at");

            migrationBuilder.CreateIndex(
                name: "IX_login_counters_resets_at",
                table: "login_counters",
                column: "resets_at");

            migrationBuilder.AddColumn<string>(
                name: "customization",
                table: "authorizations",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "action_executions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    trigger_id = table.Column<string>(type: "TEXT", nullable: false),
                    status = table.Column<string>(type: "TEXT", nullable: false),
                    results = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_action_executions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "actions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    trigger_id = table.Column<string>(type: "TEXT", nullable: false),
                    code = table.Column<string>(type: "TEXT", nullable: false),
                    dependencies = table.Column<string>(type: "TEXT", nullable: false),
                    runtime = table.Column<string>(type: "TEXT", nullable: false),
                    secret_names = table.Column<string>(type: "TEXT", nullable: false),
                    secrets_sealed = table.Column<byte[]>(type: "BLOB", nullable: true),
                    deployed_version_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    all_changes_deployed = table.Column<bool>(type: "INTEGER", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    updated_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_actions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "action_bindings",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    trigger_id = table.Column<string>(type: "TEXT", nullable: false),
                    action_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    position = table.Column<int>(type: "INTEGER", nullable: false),
                    display_name = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_action_bindings", x => x.id);
                    table.ForeignKey(
                        name: "FK_action_bindings_actions_action_id",
                        column: x => x.action_id,
                        principalTable: "actions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "action_versions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    action_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    code = table.Column<string>(type: "TEXT", nullable: false),
                    dependencies = table.Column<string>(type: "TEXT", nullable: false),
                    runtime = table.Column<string>(type: "TEXT", nullable: false),
                    secret_names = table.Column<string>(type: "TEXT", nullable: false),
                    secrets_sealed = table.Column<byte[]>(type: "BLOB", nullable: true),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_action_versions", x => x.id);
                    table.ForeignKey(
                        name: "FK_action_versions_actions_action_id",
                        column: x => x.action_id,
                        principalTable: "actions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_action_bindings_action_id",
                table: "action_bindings",
                column: "action_id");

            migrationBuilder.CreateIndex(
                name: "IX_action_bindings_trigger_id_position",
                table: "action_bindings",
                columns: new[] { "trigger_id", "position" });

            migrationBuilder.CreateIndex(
                name: "IX_action_executions_created_at",
                table: "action_executions",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "IX_action_versions_action_id_number",
                table: "action_versions",
                columns: new[] { "action_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_actions_name",
                table: "actions",
                column: "name",
                unique: true);

            // The keys that clients have authenticate them as before.
            migrationBuilder.AddColumn<bool>(
                name: "authenticates",
                table: "client_credentials",
                type: "INTEGER",
                nullable: false,
                defaultValue: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "authenticates",
                table: "client_credentials");

            migrationBuilder.DropTable(
                name: "action_bindings");

            migrationBuilder.DropTable(
                name: "action_executions");

            migrationBuilder.DropTable(
                name: "action_versions");

            migrationBuilder.DropTable(
                name: "actions");

            migrationBuilder.DropColumn(
                name: "customization",
                table: "authorizations");

            migrationBuilder.DropTable(
                name: "known_addresses");

            migrationBuilder.DropTable(
                name: "login_counters");

            migrationBuilder.DropIndex(
                name: "IX_log_events_type_id",
                table: "log_events");

            migrationBuilder.DropColumn(
                name: "is_refusal",
                table: "log_events");
        }
    }
}
