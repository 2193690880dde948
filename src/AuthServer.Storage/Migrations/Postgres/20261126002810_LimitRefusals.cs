using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AuthServer.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class LimitRefusals : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "is_refusal",
                table: "log_events",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateIndex(
                name: "IX_log_events_type_id",
                table: "log_events",
                columns: new[] { "type", "id" },
                filter: "is_refusal");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_log_events_type_id",
                table: "log_events");

            migrationBuilder.DropColumn(
                name: "is_refusal",
                table: "log_events");
        }
    }
}
