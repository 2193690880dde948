using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AuthServer.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Jobs : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "slowest_imported_hash",
                table: "connections",
                type: "integer",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "user_jobs",
                columns: table => new
                {
                    id = table.Column<string>(
                        type: "character varying(24)", maxLength: 24, nullable: false, collation: "C"),
                    type = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    status = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    connection_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    upsert = table.Column<bool>(type: "boolean", nullable: false),
                    external_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    client_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    scope = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    content_sealed = table.Column<byte[]>(type: "bytea", nullable: true),
                    total = table.Column<int>(type: "integer", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    inserted = table.Column<int>(type: "integer", nullable: false),
                    updated = table.Column<int>(type: "integer", nullable: false),
                    refused = table.Column<int>(type: "integer", nullable: false),
                    claimed_until = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_user_jobs", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "user_job_errors",
                columns: table => new
                {
                    job_id = table.Column<string>(type: "character varying(24)", nullable: false, collation: "C"),
                    position = table.Column<int>(type: "integer", nullable: false),
                    user = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    code = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    message = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    path = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_user_job_errors", x => new { x.job_id, x.position });
                    table.ForeignKey(
                        name: "FK_user_job_errors_user_jobs_job_id",
                        column: x => x.job_id,
                        principalTable: "user_jobs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_user_jobs_created_at",
                table: "user_jobs",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "IX_user_jobs_status_claimed_until",
                table: "user_jobs",
                columns: new[] { "status", "claimed_until" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "user_job_errors");

            migrationBuilder.DropTable(
                name: "user_jobs");

            migrationBuilder.DropColumn(
                name: "slowest_imported_hash",
                table: "connections");
        }
    }
}
