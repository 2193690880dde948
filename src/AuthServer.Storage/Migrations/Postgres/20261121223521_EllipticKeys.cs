using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AuthServer.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class EllipticKeys : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_signing_keys_state",
                table: "signing_keys");

            migrationBuilder.CreateIndex(
                name: "IX_signing_keys_algorithm_state",
                table: "signing_keys",
                columns: new[] { "algorithm", "state" },
                unique: true,
                filter: "state IN ('Current', 'Next')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_signing_keys_algorithm_state",
                table: "signing_keys");

            migrationBuilder.CreateIndex(
                name: "IX_signing_keys_state",
                table: "signing_keys",
                column: "state",
                unique: true,
                filter: "state IN ('Current', 'Next')");
        }
    }
}
