using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AuthServer.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Flows : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte[]>(
                name: "subject_salt_sealed",
                table: "tenant_settings",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "claims",
                table: "grants",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "pairwise_subject",
                table: "grants",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "sector_identifier_uri",
                table: "clients",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "subject_type",
                table: "clients",
                type: "TEXT",
                nullable: false,
                defaultValue: "public");

            migrationBuilder.AddColumn<string>(
                name: "user_info_algorithm",
                table: "clients",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_grants_pairwise_subject_client_id",
                table: "grants",
                columns: new[] { "pairwise_subject", "client_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_grants_pairwise_subject_client_id",
                table: "grants");

            migrationBuilder.DropColumn(
                name: "subject_salt_sealed",
                table: "tenant_settings");

            migrationBuilder.DropColumn(
                name: "claims",
                table: "grants");

            migrationBuilder.DropColumn(
                name: "pairwise_subject",
                table: "grants");

            migrationBuilder.DropColumn(
                name: "sector_identifier_uri",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "subject_type",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "user_info_algorithm",
                table: "clients");
        }
    }
}
