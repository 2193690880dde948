using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AuthServer.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Registration : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "dynamic_client_registration_security_mode",
                table: "tenant_settings",
                type: "TEXT",
                nullable: false,
                defaultValue: "permissive");

            migrationBuilder.AddColumn<string>(
                name: "resource_parameter_profile",
                table: "tenant_settings",
                type: "TEXT",
                nullable: false,
                defaultValue: "audience");

            migrationBuilder.AddColumn<string>(
                name: "client_uri",
                table: "clients",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "contacts",
                table: "clients",
                type: "TEXT",
                nullable: false,
                defaultValueSql: "'[]'");

            migrationBuilder.AddColumn<int>(
                name: "default_max_age",
                table: "clients",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "first_grant_at",
                table: "clients",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_self_registered",
                table: "clients",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "jwks",
                table: "clients",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "jwks_uri",
                table: "clients",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "policy_uri",
                table: "clients",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "redirection_policy",
                table: "clients",
                type: "TEXT",
                nullable: false,
                defaultValue: "allow_always");

            migrationBuilder.AddColumn<bool>(
                name: "require_auth_time",
                table: "clients",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "response_types",
                table: "clients",
                type: "TEXT",
                nullable: false,
                defaultValueSql: "'[]'");

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
                name: "third_party_security_mode",
                table: "clients",
                type: "TEXT",
                nullable: false,
                defaultValue: "permissive");

            migrationBuilder.AddColumn<string>(
                name: "tos_uri",
                table: "clients",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_clients_is_self_registered_created_at",
                table: "clients",
                columns: new[] { "is_self_registered", "created_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_clients_is_self_registered_created_at",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "dynamic_client_registration_security_mode",
                table: "tenant_settings");

            migrationBuilder.DropColumn(
                name: "resource_parameter_profile",
                table: "tenant_settings");

            migrationBuilder.DropColumn(
                name: "client_uri",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "contacts",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "default_max_age",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "first_grant_at",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "is_self_registered",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "jwks",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "jwks_uri",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "policy_uri",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "redirection_policy",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "require_auth_time",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "response_types",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "sector_identifier_uri",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "subject_type",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "third_party_security_mode",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "tos_uri",
                table: "clients");
        }
    }
}
