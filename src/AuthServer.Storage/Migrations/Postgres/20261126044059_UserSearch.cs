using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace AuthServer.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class UserSearch : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "user_search_terms",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation(
                            "Npgsql:ValueGenerationStrategy",
                            NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    user_id = table.Column<string>(type: "character varying(255)", nullable: false, collation: "C"),
                    field = table.Column<string>(
                        type: "character varying(200)", maxLength: 200,
                        nullable: false, collation: "C"),
                    value = table.Column<string>(
                        type: "character varying(300)", maxLength: 300,
                        nullable: true, collation: "C"),
                    number = table.Column<double>(type: "double precision", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_user_search_terms", x => x.id);
                    table.ForeignKey(
                        name: "FK_user_search_terms_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "user_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_user_identities_provider_user_id",
                table: "user_identities",
                column: "provider_user_id");

            migrationBuilder.CreateIndex(
                name: "IX_user_search_terms_field_value",
                table: "user_search_terms",
                columns: new[] { "field", "value" });

            migrationBuilder.CreateIndex(
                name: "IX_user_search_terms_user_id",
                table: "user_search_terms",
                column: "user_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "user_search_terms");

            migrationBuilder.DropIndex(
                name: "IX_user_identities_provider_user_id",
                table: "user_identities");
        }
    }
}
