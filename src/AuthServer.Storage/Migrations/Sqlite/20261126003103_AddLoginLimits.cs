using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AuthServer.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AddLoginLimits : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "known_addresses");

            migrationBuilder.DropTable(
                name: "login_counters");
        }
    }
}
