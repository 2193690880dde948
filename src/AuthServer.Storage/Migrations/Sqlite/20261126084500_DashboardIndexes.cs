using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AuthServer.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class DashboardIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_log_events_date",
                table: "log_events");

            migrationBuilder.CreateIndex(
                name: "IX_log_events_date_type_user_id",
                table: "log_events",
                columns: new[] { "date", "type", "user_id" });

            migrationBuilder.CreateIndex(
                name: "IX_users_blocked",
                table: "users",
                column: "created_at",
                filter: "blocked");

            migrationBuilder.CreateIndex(
                name: "IX_users_last_login",
                table: "users",
                column: "last_login");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_log_events_date_type_user_id",
                table: "log_events");

            migrationBuilder.DropIndex(
                name: "IX_users_blocked",
                table: "users");

            migrationBuilder.DropIndex(
                name: "IX_users_last_login",
                table: "users");

            migrationBuilder.CreateIndex(
                name: "IX_log_events_date",
                table: "log_events",
                column: "date");
        }
    }
}
