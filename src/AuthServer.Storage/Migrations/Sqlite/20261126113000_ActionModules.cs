using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AuthServer.Storage.Migrations.Sqlite
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
                type: "TEXT",
                nullable: false,
                defaultValueSql: "'[]'");

            migrationBuilder.AddColumn<string>(
                name: "modules",
                table: "action_versions",
                type: "TEXT",
                nullable: false,
                defaultValueSql: "'[]'");

            migrationBuilder.CreateTable(
                name: "action_modules",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    code = table.Column<string>(type: "TEXT", nullable: false),
                    dependencies = table.Column<string>(type: "TEXT", nullable: false),
                    secret_names = table.Column<string>(type: "TEXT", nullable: false),
                    secrets_sealed = table.Column<byte[]>(type: "BLOB", nullable: true),
                    latest_version_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    all_changes_published = table.Column<bool>(type: "INTEGER", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    updated_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_action_modules", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "action_module_versions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    module_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    code = table.Column<string>(type: "TEXT", nullable: false),
                    dependencies = table.Column<string>(type: "TEXT", nullable: false),
                    secret_names = table.Column<string>(type: "TEXT", nullable: false),
                    secrets_sealed = table.Column<byte[]>(type: "BLOB", nullable: true),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false)
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
