using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AuthServer.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class ActionModules : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "modules",
                table: "actions",
                type: "text",
                nullable: false,
                defaultValueSql: "'[]'",
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "modules",
                table: "action_versions",
                type: "text",
                nullable: false,
                defaultValueSql: "'[]'",
                collation: "C");

            migrationBuilder.CreateTable(
                name: "action_modules",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    code = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    dependencies = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    secret_names = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    secrets_sealed = table.Column<byte[]>(type: "bytea", nullable: true),
                    latest_version_id = table.Column<Guid>(type: "uuid", nullable: true),
                    all_changes_published = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_action_modules", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "action_module_versions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    module_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    code = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    dependencies = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    secret_names = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    secrets_sealed = table.Column<byte[]>(type: "bytea", nullable: true),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_action_module_versions", x => x.id);
                    table.ForeignKey(
                        name: "FK_action_module_versions_action_modules_module_id",
                        column: x => x.module_id,
                        principalTable: "action_modules",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_action_module_versions_module_id_number",
                table: "action_module_versions",
                columns: new[] { "module_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_action_modules_name",
                table: "action_modules",
                column: "name",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "action_module_versions");

            migrationBuilder.DropTable(
                name: "action_modules");

            migrationBuilder.DropColumn(
                name: "modules",
                table: "actions");

            migrationBuilder.DropColumn(
                name: "modules",
                table: "action_versions");
        }
    }
}
