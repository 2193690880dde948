using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace AuthServer.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "attempt_counters",
                columns: table => new
                {
                    hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    count = table.Column<int>(type: "integer", nullable: false),
                    resets_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_attempt_counters", x => x.hash);
                });

            migrationBuilder.CreateTable(
                name: "clients",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    description = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    logo_uri = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    app_type = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    is_first_party = table.Column<bool>(type: "boolean", nullable: false),
                    grant_types = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    web_origins = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    allowed_origins = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    initiate_login_uri = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    backchannel_logout_urls = table.Column<string>(type: "text", nullable: false, defaultValueSql: "'[]'", collation: "C"),
                    backchannel_logout_session_required = table.Column<bool>(type: "boolean", nullable: false),
                    frontchannel_logout_uri = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    frontchannel_logout_session_required = table.Column<bool>(type: "boolean", nullable: false),
                    token_endpoint_auth_method = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    secret_sealed = table.Column<byte[]>(type: "bytea", nullable: true),
                    id_token_lifetime = table.Column<int>(type: "integer", nullable: false),
                    id_token_algorithm = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    user_info_algorithm = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    subject_type = table.Column<string>(type: "text", nullable: false, defaultValue: "public", collation: "C"),
                    sector_identifier_uri = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    refresh_tokens = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    require_pkce = table.Column<bool>(type: "boolean", nullable: false),
                    require_proof_of_possession = table.Column<bool>(type: "boolean", nullable: false),
                    require_pushed_authorization_requests = table.Column<bool>(type: "boolean", nullable: false),
                    pushed_request_lifetime = table.Column<int>(type: "integer", nullable: true),
                    require_signed_request_object = table.Column<bool>(type: "boolean", nullable: false),
                    request_object_algorithm = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    request_object_credentials = table.Column<string>(type: "text", nullable: false, defaultValueSql: "'[]'", collation: "C"),
                    response_types = table.Column<string>(type: "text", nullable: false, defaultValueSql: "'[]'", collation: "C"),
                    jwks_uri = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    client_uri = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    policy_uri = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    tos_uri = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    contacts = table.Column<string>(type: "text", nullable: false, defaultValueSql: "'[]'", collation: "C"),
                    default_max_age = table.Column<int>(type: "integer", nullable: true),
                    require_auth_time = table.Column<bool>(type: "boolean", nullable: false),
                    is_self_registered = table.Column<bool>(type: "boolean", nullable: false),
                    first_grant_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    third_party_security_mode = table.Column<string>(type: "text", nullable: false, defaultValue: "permissive", collation: "C"),
                    redirection_policy = table.Column<string>(type: "text", nullable: false, defaultValue: "allow_always", collation: "C"),
                    organization_usage = table.Column<string>(type: "text", nullable: false, defaultValue: "deny", collation: "C"),
                    organization_prompt = table.Column<string>(type: "text", nullable: false, defaultValue: "no_prompt", collation: "C"),
                    oidc_conformant = table.Column<bool>(type: "boolean", nullable: false),
                    metadata = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    other = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    client_id = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    redirect_uris = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    post_logout_redirect_uris = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    client_secret = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    concurrency_token = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true, collation: "C"),
                    display_name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    display_names = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    json_web_key_set = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    properties = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    settings = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_clients", x => x.id);
                    table.UniqueConstraint("AK_clients_client_id", x => x.client_id);
                });

            migrationBuilder.CreateTable(
                name: "connections",
                columns: table => new
                {
                    id = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    strategy = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    display_name = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    is_domain_connection = table.Column<bool>(type: "boolean", nullable: false),
                    show_as_button = table.Column<bool>(type: "boolean", nullable: false),
                    realms = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    metadata = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    options = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    secret_sealed = table.Column<byte[]>(type: "bytea", nullable: true),
                    disable_signup = table.Column<bool>(type: "boolean", nullable: false),
                    other = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_connections", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "data_protection_keys",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    xml = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_data_protection_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "email_jobs",
                columns: table => new
                {
                    id = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false, collation: "C"),
                    type = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    letter_id = table.Column<Guid>(type: "uuid", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_email_jobs", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "log_events",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    date = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    description = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    client_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    client_name = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    connection = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    connection_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    user_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    user_name = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    ip = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    user_agent = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    hostname = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    audience = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    scope = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    organization_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    organization_name = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    details = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_log_events", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "organizations",
                columns: table => new
                {
                    id = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false, collation: "C"),
                    name = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false, collation: "C"),
                    display_name = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    logo_url = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    primary_color = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    page_background = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    metadata = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    allows_third_parties = table.Column<bool>(type: "boolean", nullable: false),
                    other = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_organizations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "outgoing_emails",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "bytea", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    next_try_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    tries = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_outgoing_emails", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "password_reset_requests",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    connections = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    identifier = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    client_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    waiting_sign_in = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    language = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    issuer = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    next_try_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_password_reset_requests", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "replay_cache",
                columns: table => new
                {
                    hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    keep_until = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_replay_cache", x => x.hash);
                });

            migrationBuilder.CreateTable(
                name: "resource_servers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    public_id = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false, collation: "C"),
                    display_name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    scopes = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    signing_algorithm = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    allow_offline_access = table.Column<bool>(type: "boolean", nullable: false),
                    skip_consent_for_verifiable_first_party_clients = table.Column<bool>(type: "boolean", nullable: false),
                    token_lifetime = table.Column<int>(type: "integer", nullable: false),
                    token_lifetime_for_web = table.Column<int>(type: "integer", nullable: false),
                    token_dialect = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    enforce_policies = table.Column<bool>(type: "boolean", nullable: false),
                    proof_of_possession = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    is_system = table.Column<bool>(type: "boolean", nullable: false),
                    other = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    concurrency_token = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true, collation: "C"),
                    description = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    descriptions = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    display_names = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    name = table.Column<string>(type: "character varying(600)", maxLength: 600, nullable: false, collation: "C"),
                    properties = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_resource_servers", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "roles",
                columns: table => new
                {
                    id = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    description = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_roles", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "signing_keys",
                columns: table => new
                {
                    kid = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    algorithm = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    private_key_sealed = table.Column<byte[]>(type: "bytea", nullable: false),
                    certificate = table.Column<byte[]>(type: "bytea", nullable: false),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    current_since = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    current_until = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    revoked_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_signing_keys", x => x.kid);
                });

            migrationBuilder.CreateTable(
                name: "tenant_settings",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    friendly_name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    picture_url = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    support_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    support_url = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    primary_color = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    default_audience = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    default_directory = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    default_redirection_uri = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    allowed_logout_urls = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    enabled_locales = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    session_lifetime = table.Column<double>(type: "double precision", nullable: false),
                    idle_session_lifetime = table.Column<double>(type: "double precision", nullable: false),
                    dynamic_client_registration_security_mode = table.Column<string>(type: "text", nullable: false, defaultValue: "permissive", collation: "C"),
                    resource_parameter_profile = table.Column<string>(type: "text", nullable: false, defaultValue: "audience", collation: "C"),
                    pushed_authorization_requests_supported = table.Column<bool>(type: "boolean", nullable: false, defaultValue: true),
                    allow_organization_names = table.Column<bool>(type: "boolean", nullable: false),
                    flags = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    subject_salt_sealed = table.Column<byte[]>(type: "bytea", nullable: true),
                    other = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_tenant_settings", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "users",
                columns: table => new
                {
                    user_id = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false, collation: "C"),
                    connection = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    normalized_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    email_verified = table.Column<bool>(type: "boolean", nullable: false),
                    username = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    phone_number = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    phone_verified = table.Column<bool>(type: "boolean", nullable: false),
                    name = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    given_name = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    family_name = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    nickname = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    picture = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    blocked = table.Column<bool>(type: "boolean", nullable: false),
                    user_metadata = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    app_metadata = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    last_login = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    last_ip = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    logins_count = table.Column<int>(type: "integer", nullable: false),
                    last_password_reset = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_users", x => x.user_id);
                });

            migrationBuilder.CreateTable(
                name: "client_credentials",
                columns: table => new
                {
                    id = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false, collation: "C"),
                    client_id = table.Column<string>(type: "character varying(64)", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    key_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    algorithm = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    jwk = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_client_credentials", x => x.id);
                    table.ForeignKey(
                        name: "FK_client_credentials_clients_client_id",
                        column: x => x.client_id,
                        principalTable: "clients",
                        principalColumn: "client_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "client_grants",
                columns: table => new
                {
                    id = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false, collation: "C"),
                    client_id = table.Column<string>(type: "character varying(64)", nullable: false, collation: "C"),
                    audience = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    scope = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    organization_usage = table.Column<string>(type: "text", nullable: false, defaultValue: "deny", collation: "C"),
                    allow_any_organization = table.Column<bool>(type: "boolean", nullable: false),
                    other = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_client_grants", x => x.id);
                    table.ForeignKey(
                        name: "FK_client_grants_clients_client_id",
                        column: x => x.client_id,
                        principalTable: "clients",
                        principalColumn: "client_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "logout_notices",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    client_id = table.Column<string>(type: "character varying(64)", nullable: false, collation: "C"),
                    user_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    sid = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    uri = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    issuer = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    next_try_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    tries = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_logout_notices", x => x.id);
                    table.ForeignKey(
                        name: "FK_logout_notices_clients_client_id",
                        column: x => x.client_id,
                        principalTable: "clients",
                        principalColumn: "client_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "connection_clients",
                columns: table => new
                {
                    connection_id = table.Column<string>(type: "character varying(32)", nullable: false, collation: "C"),
                    client_id = table.Column<string>(type: "character varying(64)", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_connection_clients", x => new { x.connection_id, x.client_id });
                    table.ForeignKey(
                        name: "FK_connection_clients_clients_client_id",
                        column: x => x.client_id,
                        principalTable: "clients",
                        principalColumn: "client_id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_connection_clients_connections_connection_id",
                        column: x => x.connection_id,
                        principalTable: "connections",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "invitations",
                columns: table => new
                {
                    id = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false, collation: "C"),
                    organization_id = table.Column<string>(type: "character varying(32)", nullable: false, collation: "C"),
                    client_id = table.Column<string>(type: "character varying(64)", nullable: false, collation: "C"),
                    connection_id = table.Column<string>(type: "character varying(32)", nullable: true, collation: "C"),
                    ticket_hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    mailed_ticket_hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: true),
                    inviter_name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    email = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    roles = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    app_metadata = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    user_metadata = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    accepted_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    accepted_by = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    revoked_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_invitations", x => x.id);
                    table.ForeignKey(
                        name: "FK_invitations_clients_client_id",
                        column: x => x.client_id,
                        principalTable: "clients",
                        principalColumn: "client_id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_invitations_connections_connection_id",
                        column: x => x.connection_id,
                        principalTable: "connections",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_invitations_organizations_organization_id",
                        column: x => x.organization_id,
                        principalTable: "organizations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "organization_connections",
                columns: table => new
                {
                    organization_id = table.Column<string>(type: "character varying(32)", nullable: false, collation: "C"),
                    connection_id = table.Column<string>(type: "character varying(32)", nullable: false, collation: "C"),
                    assign_membership_on_login = table.Column<bool>(type: "boolean", nullable: false),
                    show_as_button = table.Column<bool>(type: "boolean", nullable: false),
                    is_signup_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    is_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    other = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_organization_connections", x => new { x.organization_id, x.connection_id });
                    table.ForeignKey(
                        name: "FK_organization_connections_connections_connection_id",
                        column: x => x.connection_id,
                        principalTable: "connections",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_organization_connections_organizations_organization_id",
                        column: x => x.organization_id,
                        principalTable: "organizations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "role_permissions",
                columns: table => new
                {
                    role_id = table.Column<string>(type: "character varying(32)", nullable: false, collation: "C"),
                    audience = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_role_permissions", x => new { x.role_id, x.audience, x.name });
                    table.ForeignKey(
                        name: "FK_role_permissions_roles_role_id",
                        column: x => x.role_id,
                        principalTable: "roles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "authorizations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    application_id = table.Column<Guid>(type: "uuid", nullable: true),
                    client_id = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    subject = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    user_id = table.Column<string>(type: "character varying(255)", nullable: false, collation: "C"),
                    session_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    audience = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    organization_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    scopes = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    claims = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    authenticated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    auth_time_wanted = table.Column<bool>(type: "boolean", nullable: false),
                    expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    public_id = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: true, collation: "C"),
                    concurrency_token = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true, collation: "C"),
                    creation_date = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    properties = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    status = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true, collation: "C"),
                    type = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_authorizations", x => x.id);
                    table.ForeignKey(
                        name: "FK_authorizations_clients_application_id",
                        column: x => x.application_id,
                        principalTable: "clients",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_authorizations_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "user_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "organization_members",
                columns: table => new
                {
                    organization_id = table.Column<string>(type: "character varying(32)", nullable: false, collation: "C"),
                    user_id = table.Column<string>(type: "character varying(255)", nullable: false, collation: "C"),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_organization_members", x => new { x.organization_id, x.user_id });
                    table.ForeignKey(
                        name: "FK_organization_members_organizations_organization_id",
                        column: x => x.organization_id,
                        principalTable: "organizations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_organization_members_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "user_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "password_credentials",
                columns: table => new
                {
                    id = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false, collation: "C"),
                    user_id = table.Column<string>(type: "character varying(255)", nullable: false, collation: "C"),
                    connection = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    normalized_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    normalized_username = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    password_hash = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_password_credentials", x => x.id);
                    table.ForeignKey(
                        name: "FK_password_credentials_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "user_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "role_members",
                columns: table => new
                {
                    role_id = table.Column<string>(type: "character varying(32)", nullable: false, collation: "C"),
                    user_id = table.Column<string>(type: "character varying(255)", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_role_members", x => new { x.user_id, x.role_id });
                    table.ForeignKey(
                        name: "FK_role_members_roles_role_id",
                        column: x => x.role_id,
                        principalTable: "roles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_role_members_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "user_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "sessions",
                columns: table => new
                {
                    id = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false, collation: "C"),
                    hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    user_id = table.Column<string>(type: "character varying(255)", nullable: false, collation: "C"),
                    connection = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    issuer = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    user_agent = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    ip = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    authenticated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    last_seen_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    idle_expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions", x => x.id);
                    table.ForeignKey(
                        name: "FK_sessions_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "user_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "tickets",
                columns: table => new
                {
                    hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    user_id = table.Column<string>(type: "character varying(255)", nullable: false, collation: "C"),
                    normalized_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    proves_address = table.Column<bool>(type: "boolean", nullable: false),
                    client_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    result_url = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    email_in_result = table.Column<bool>(type: "boolean", nullable: false),
                    waiting_sign_in = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_tickets", x => x.hash);
                    table.ForeignKey(
                        name: "FK_tickets_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "user_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "user_identities",
                columns: table => new
                {
                    connection = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    provider_user_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    provider = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    user_id = table.Column<string>(type: "character varying(255)", nullable: false, collation: "C"),
                    is_social = table.Column<bool>(type: "boolean", nullable: false),
                    profile_data = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_user_identities", x => new { x.connection, x.provider_user_id });
                    table.ForeignKey(
                        name: "FK_user_identities_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "user_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "user_permissions",
                columns: table => new
                {
                    user_id = table.Column<string>(type: "character varying(255)", nullable: false, collation: "C"),
                    audience = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_user_permissions", x => new { x.user_id, x.audience, x.name });
                    table.ForeignKey(
                        name: "FK_user_permissions_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "user_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "organization_client_grants",
                columns: table => new
                {
                    organization_id = table.Column<string>(type: "character varying(32)", nullable: false, collation: "C"),
                    client_grant_id = table.Column<string>(type: "character varying(32)", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_organization_client_grants", x => new { x.organization_id, x.client_grant_id });
                    table.ForeignKey(
                        name: "FK_organization_client_grants_client_grants_client_grant_id",
                        column: x => x.client_grant_id,
                        principalTable: "client_grants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_organization_client_grants_organizations_organization_id",
                        column: x => x.organization_id,
                        principalTable: "organizations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "tokens",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    application_id = table.Column<Guid>(type: "uuid", nullable: true),
                    authorization_id = table.Column<Guid>(type: "uuid", nullable: true),
                    granted_scopes = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    key_thumbprint = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    redirect_uri = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    code_challenge = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    nonce = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    successor_id = table.Column<Guid>(type: "uuid", nullable: true),
                    encrypted_successor = table.Column<byte[]>(type: "bytea", nullable: true),
                    failures = table.Column<int>(type: "integer", nullable: false),
                    concurrency_token = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true, collation: "C"),
                    creation_date = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    expiration_date = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    payload = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    properties = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    redemption_date = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    reference_id = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true, collation: "C"),
                    status = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true, collation: "C"),
                    subject = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    type = table.Column<string>(type: "character varying(150)", maxLength: 150, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_tokens", x => x.id);
                    table.ForeignKey(
                        name: "FK_tokens_authorizations_authorization_id",
                        column: x => x.authorization_id,
                        principalTable: "authorizations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_tokens_clients_application_id",
                        column: x => x.application_id,
                        principalTable: "clients",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "organization_member_roles",
                columns: table => new
                {
                    organization_id = table.Column<string>(type: "character varying(32)", nullable: false, collation: "C"),
                    user_id = table.Column<string>(type: "character varying(255)", nullable: false, collation: "C"),
                    role_id = table.Column<string>(type: "character varying(32)", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_organization_member_roles", x => new { x.organization_id, x.user_id, x.role_id });
                    table.ForeignKey(
                        name: "FK_organization_member_roles_organization_members_organization~",
                        columns: x => new { x.organization_id, x.user_id },
                        principalTable: "organization_members",
                        principalColumns: new[] { "organization_id", "user_id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_organization_member_roles_roles_role_id",
                        column: x => x.role_id,
                        principalTable: "roles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "session_clients",
                columns: table => new
                {
                    session_id = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false, collation: "C"),
                    client_id = table.Column<string>(type: "character varying(64)", nullable: false, collation: "C"),
                    sid = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_session_clients", x => new { x.session_id, x.client_id, x.sid });
                    table.ForeignKey(
                        name: "FK_session_clients_clients_client_id",
                        column: x => x.client_id,
                        principalTable: "clients",
                        principalColumn: "client_id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_session_clients_sessions_session_id",
                        column: x => x.session_id,
                        principalTable: "sessions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_attempt_counters_resets_at",
                table: "attempt_counters",
                column: "resets_at");

            migrationBuilder.CreateIndex(
                name: "IX_authorizations_application_id",
                table: "authorizations",
                column: "application_id");

            migrationBuilder.CreateIndex(
                name: "IX_authorizations_consent_without_audience",
                table: "authorizations",
                columns: new[] { "user_id", "client_id" },
                unique: true,
                filter: "type = 'permanent' AND audience IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_authorizations_expires_at",
                table: "authorizations",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "IX_authorizations_organization_id_user_id",
                table: "authorizations",
                columns: new[] { "organization_id", "user_id" });

            migrationBuilder.CreateIndex(
                name: "IX_authorizations_public_id",
                table: "authorizations",
                column: "public_id",
                unique: true,
                filter: "public_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_authorizations_subject_client_id",
                table: "authorizations",
                columns: new[] { "subject", "client_id" });

            migrationBuilder.CreateIndex(
                name: "IX_authorizations_user_id_client_id",
                table: "authorizations",
                columns: new[] { "user_id", "client_id" });

            migrationBuilder.CreateIndex(
                name: "IX_authorizations_user_id_client_id_audience",
                table: "authorizations",
                columns: new[] { "user_id", "client_id", "audience" },
                unique: true,
                filter: "type = 'permanent'");

            migrationBuilder.CreateIndex(
                name: "IX_client_credentials_client_id_key_id",
                table: "client_credentials",
                columns: new[] { "client_id", "key_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_client_grants_client_id_audience",
                table: "client_grants",
                columns: new[] { "client_id", "audience" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_clients_display_name",
                table: "clients",
                column: "display_name");

            migrationBuilder.CreateIndex(
                name: "IX_clients_is_self_registered_created_at",
                table: "clients",
                columns: new[] { "is_self_registered", "created_at" });

            migrationBuilder.CreateIndex(
                name: "IX_connection_clients_client_id",
                table: "connection_clients",
                column: "client_id");

            migrationBuilder.CreateIndex(
                name: "IX_connections_name",
                table: "connections",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_data_protection_keys_name",
                table: "data_protection_keys",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_email_jobs_created_at",
                table: "email_jobs",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "IX_email_jobs_letter_id",
                table: "email_jobs",
                column: "letter_id");

            migrationBuilder.CreateIndex(
                name: "IX_invitations_client_id",
                table: "invitations",
                column: "client_id");

            migrationBuilder.CreateIndex(
                name: "IX_invitations_connection_id",
                table: "invitations",
                column: "connection_id");

            migrationBuilder.CreateIndex(
                name: "IX_invitations_expires_at",
                table: "invitations",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "IX_invitations_mailed_ticket_hash",
                table: "invitations",
                column: "mailed_ticket_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_invitations_organization_id_created_at",
                table: "invitations",
                columns: new[] { "organization_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "IX_invitations_ticket_hash",
                table: "invitations",
                column: "ticket_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_log_events_date",
                table: "log_events",
                column: "date");

            migrationBuilder.CreateIndex(
                name: "IX_log_events_user_id_date",
                table: "log_events",
                columns: new[] { "user_id", "date" },
                filter: "user_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_logout_notices_client_id",
                table: "logout_notices",
                column: "client_id");

            migrationBuilder.CreateIndex(
                name: "IX_logout_notices_next_try_at",
                table: "logout_notices",
                column: "next_try_at");

            migrationBuilder.CreateIndex(
                name: "IX_organization_client_grants_client_grant_id",
                table: "organization_client_grants",
                column: "client_grant_id");

            migrationBuilder.CreateIndex(
                name: "IX_organization_connections_connection_id",
                table: "organization_connections",
                column: "connection_id");

            migrationBuilder.CreateIndex(
                name: "IX_organization_member_roles_role_id",
                table: "organization_member_roles",
                column: "role_id");

            migrationBuilder.CreateIndex(
                name: "IX_organization_members_user_id",
                table: "organization_members",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "IX_organizations_created_at",
                table: "organizations",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "IX_organizations_name",
                table: "organizations",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_outgoing_emails_next_try_at",
                table: "outgoing_emails",
                column: "next_try_at");

            migrationBuilder.CreateIndex(
                name: "IX_password_credentials_connection_normalized_email",
                table: "password_credentials",
                columns: new[] { "connection", "normalized_email" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_password_credentials_connection_normalized_username",
                table: "password_credentials",
                columns: new[] { "connection", "normalized_username" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_password_credentials_user_id",
                table: "password_credentials",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "IX_password_reset_requests_next_try_at",
                table: "password_reset_requests",
                column: "next_try_at");

            migrationBuilder.CreateIndex(
                name: "IX_replay_cache_keep_until",
                table: "replay_cache",
                column: "keep_until");

            migrationBuilder.CreateIndex(
                name: "IX_resource_servers_name",
                table: "resource_servers",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_resource_servers_public_id",
                table: "resource_servers",
                column: "public_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_role_members_role_id_user_id",
                table: "role_members",
                columns: new[] { "role_id", "user_id" });

            migrationBuilder.CreateIndex(
                name: "IX_role_permissions_audience",
                table: "role_permissions",
                column: "audience");

            migrationBuilder.CreateIndex(
                name: "IX_roles_name",
                table: "roles",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_session_clients_client_id",
                table: "session_clients",
                column: "client_id");

            migrationBuilder.CreateIndex(
                name: "IX_sessions_expires_at",
                table: "sessions",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "IX_sessions_hash",
                table: "sessions",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_sessions_user_id",
                table: "sessions",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "IX_signing_keys_algorithm_state",
                table: "signing_keys",
                columns: new[] { "algorithm", "state" },
                unique: true,
                filter: "state IN ('Current', 'Next')");

            migrationBuilder.CreateIndex(
                name: "IX_tickets_expires_at",
                table: "tickets",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "IX_tickets_user_id_kind",
                table: "tickets",
                columns: new[] { "user_id", "kind" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_tokens_application_id",
                table: "tokens",
                column: "application_id");

            migrationBuilder.CreateIndex(
                name: "IX_tokens_authorization_id",
                table: "tokens",
                column: "authorization_id");

            migrationBuilder.CreateIndex(
                name: "IX_tokens_expiration_date",
                table: "tokens",
                column: "expiration_date");

            migrationBuilder.CreateIndex(
                name: "IX_tokens_reference_id",
                table: "tokens",
                column: "reference_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_user_identities_user_id",
                table: "user_identities",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "IX_user_permissions_audience",
                table: "user_permissions",
                column: "audience");

            migrationBuilder.CreateIndex(
                name: "IX_users_created_at",
                table: "users",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "IX_users_normalized_email",
                table: "users",
                column: "normalized_email");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "attempt_counters");

            migrationBuilder.DropTable(
                name: "client_credentials");

            migrationBuilder.DropTable(
                name: "connection_clients");

            migrationBuilder.DropTable(
                name: "data_protection_keys");

            migrationBuilder.DropTable(
                name: "email_jobs");

            migrationBuilder.DropTable(
                name: "invitations");

            migrationBuilder.DropTable(
                name: "log_events");

            migrationBuilder.DropTable(
                name: "logout_notices");

            migrationBuilder.DropTable(
                name: "organization_client_grants");

            migrationBuilder.DropTable(
                name: "organization_connections");

            migrationBuilder.DropTable(
                name: "organization_member_roles");

            migrationBuilder.DropTable(
                name: "outgoing_emails");

            migrationBuilder.DropTable(
                name: "password_credentials");

            migrationBuilder.DropTable(
                name: "password_reset_requests");

            migrationBuilder.DropTable(
                name: "replay_cache");

            migrationBuilder.DropTable(
                name: "resource_servers");

            migrationBuilder.DropTable(
                name: "role_members");

            migrationBuilder.DropTable(
                name: "role_permissions");

            migrationBuilder.DropTable(
                name: "session_clients");

            migrationBuilder.DropTable(
                name: "signing_keys");

            migrationBuilder.DropTable(
                name: "tenant_settings");

            migrationBuilder.DropTable(
                name: "tickets");

            migrationBuilder.DropTable(
                name: "tokens");

            migrationBuilder.DropTable(
                name: "user_identities");

            migrationBuilder.DropTable(
                name: "user_permissions");

            migrationBuilder.DropTable(
                name: "client_grants");

            migrationBuilder.DropTable(
                name: "connections");

            migrationBuilder.DropTable(
                name: "organization_members");

            migrationBuilder.DropTable(
                name: "roles");

            migrationBuilder.DropTable(
                name: "sessions");

            migrationBuilder.DropTable(
                name: "authorizations");

            migrationBuilder.DropTable(
                name: "organizations");

            migrationBuilder.DropTable(
                name: "clients");

            migrationBuilder.DropTable(
                name: "users");
        }
    }
}
