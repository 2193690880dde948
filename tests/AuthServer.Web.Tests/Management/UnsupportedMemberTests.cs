using System.Text.Json.Nodes;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Management;

/// <summary>Members that nothing acts on: their defaults are accepted, other values are refused.</summary>
public sealed class UnsupportedMemberTests(ManagementScenario api) : IClassFixture<ManagementScenario>
{
    [Theory]
    [InlineData("""{"oidc_conformant":false}""", "oidc_conformant")]
    [InlineData("""{"jwt_configuration":{"secret_encoded":true}}""", "jwt_configuration.secret_encoded")]
    [InlineData("""{"jwt_configuration":{"scopes":{"a":{"actions":["read"]}}}}""", "jwt_configuration.scopes")]
    [InlineData("""{"addons":{"samlp":{}}}""", null)]
    [InlineData("""{"addons":{"aws":{"principal":"p"}}}""", "addons")]
    [InlineData("""{"native_social_login":{"apple":{"enabled":true}}}""", "native_social_login")]
    [InlineData("""{"encryption_key":{"pub":"p","cert":"c","subject":"s"}}""", "encryption_key")]
    [InlineData("""{"session_transfer":{"can_create_session_transfer_token":true}}""", "session_transfer")]
    [InlineData("""{"cross_origin_authentication":true}""", "cross_origin_authentication")]
    [InlineData("""{"is_token_endpoint_ip_header_trusted":true}""", "is_token_endpoint_ip_header_trusted")]
    [InlineData("""{"custom_login_page":"<p></p>"}""", "custom_login_page")]
    [InlineData("""{"custom_login_page_on":false}""", "custom_login_page_on")]
    [InlineData("""{"allowed_clients":["a"]}""", "allowed_clients")]
    [InlineData("""{"refresh_token":{"policies":[{"audience":"a","scope":[]}]}}""", "refresh_token.policies")]
    [InlineData("""{"token_exchange":{"allow_any_profile_of_type":["custom_authentication"]}}""", "token_exchange")]
    [InlineData("""{"skip_non_verifiable_callback_uri_confirmation_prompt":true}""", null)]
    [InlineData(
        """{"oidc_logout":{"backchannel_logout_initiators":{"mode":"custom"}}}""",
        "oidc_logout.backchannel_logout_initiators")]
    public async Task A_client_refuses(string body, string? member)
    {
        var id = await api.NewClientAsync();
        var before = (await api.GetAsync($"clients/{id}")).Json!.ToJsonString();

        var answer = await api.PatchAsync($"clients/{id}", body);

        AssertRefused(answer, member);
        Assert.Equal(before, (await api.GetAsync($"clients/{id}")).Json!.ToJsonString());
    }

    /// <summary>Terraform plans a change of what it does not read back.</summary>
    [Fact]
    public async Task A_client_shows_the_defaults_that_were_set()
    {
        const string Defaults = """
            {"compliance_level":"none","jwt_configuration":{"scopes":{}},
            "oidc_logout":{"backchannel_logout_urls":["https://a.example/l"],
            "backchannel_logout_initiators":{"mode":"all"}}}
            """;
        var id = await api.NewClientAsync();
        await api.PatchAsync($"clients/{id}", Defaults);
        var set = (await api.GetAsync($"clients/{id}")).Json!;
        await api.PatchAsync(
            $"clients/{id}", """{"compliance_level":null,"jwt_configuration":null,"oidc_logout":null}""");
        var reset = (await api.GetAsync($"clients/{id}")).Json!;

        Assert.Equal("none", set["compliance_level"]!.GetValue<string>());
        Assert.Equal("{}", set["jwt_configuration"]!["scopes"]!.ToJsonString());
        Assert.Equal("all", set["oidc_logout"]!["backchannel_logout_initiators"]!["mode"]!.GetValue<string>());
        Assert.Null(reset["compliance_level"]);
        Assert.Null(reset["jwt_configuration"]!["scopes"]);
        Assert.Null(reset["oidc_logout"]);
    }

    [Theory]
    [InlineData("""{"error_page":{"html":"<p></p>"}}""", "error_page.html")]
    [InlineData("""{"error_page":{"show_log_link":true}}""", "error_page.show_log_link")]
    [InlineData("""{"change_password":{"enabled":true,"html":"<p></p>"}}""", "change_password")]
    [InlineData("""{"guardian_mfa_page":{"html":"<p></p>"}}""", "guardian_mfa_page")]
    [InlineData("""{"device_flow":{"charset":"digits"}}""", "device_flow")]
    [InlineData("""{"sandbox_version":"12"}""", "sandbox_version")]
    [InlineData("""{"mtls":{"enable_endpoint_aliases":true}}""", "mtls")]
    [InlineData("""{"acr_values_supported":["a"]}""", "acr_values_supported")]
    [InlineData("""{"customize_mfa_in_postlogin_action":true}""", "customize_mfa_in_postlogin_action")]
    [InlineData("""{"sessions":{"oidc_logout_prompt_enabled":false}}""", "sessions")]
    [InlineData("""{"country_codes":{"list":["CA"],"mode":"allow"}}""", "country_codes")]
    [InlineData("""{"flags":{"enable_sso":false}}""", "flags.enable_sso")]
    [InlineData("""{"flags":{"disable_clickjack_protection_headers":true}}""", null)]
    public async Task The_tenant_refuses(string body, string? member) =>
        AssertRefused(await api.PatchAsync("tenants/settings", body), member);

    [Theory]
    [InlineData("""{"subject_type_authorization":{"user":{"policy":"deny_all"}}}""", "subject_type_authorization")]
    [InlineData("""{"allow_online_access":true}""", "allow_online_access")]
    [InlineData("""{"token_encryption":{"format":"compact-nested-jwe"}}""", "token_encryption")]
    [InlineData("""{"consent_policy":"transactional-authorization-with-mfa"}""", "consent_policy")]
    [InlineData("""{"authorization_details":[{"type":"payment"}]}""", "authorization_details")]
    [InlineData("""{"authorization_policy":{"policy_id":"p"}}""", "authorization_policy")]
    [InlineData("""{"token_lifetime_for_anonymous_access_tokens":60}""", null)]
    public async Task An_API_refuses(string body, string? member)
    {
        var made = await api.PostAsync(
            "resource-servers", $$"""{"name":"A","identifier":"https://{{Guid.CreateVersion7():N}}.example"}""");

        AssertRefused(await api.PatchAsync($"resource-servers/{made.Text("id")}", body), member);
    }

    [Theory]
    [InlineData("""{"authentication":{"active":false}}""", "authentication")]
    [InlineData("""{"connected_accounts":{"active":true}}""", "connected_accounts")]
    [InlineData("""{"cross_app_access_resource_app":{"status":"enabled"}}""", null)]
    [InlineData("""{"options":{"import_mode":true}}""", "options.import_mode")]
    [InlineData("""{"options":{"customScripts":{"login":"f"}}}""", "options.customScripts")]
    [InlineData("""{"options":{"attributes":{"email":{"unique":false}}}}""", "options.attributes")]
    [InlineData("""{"options":{"attributes":{"email":{"signup":{"status":"optional"}}}}}""", "options.attributes")]
    [InlineData("""{"options":{"attributes":{"phone_number":{"identifier":{"active":true}}}}}""", null)]
    [InlineData("""{"options":{"authentication_methods":{"passkey":{"enabled":true}}}}""", null)]
    [InlineData("""{"options":{"brute_force_protection":false}}""", "options.brute_force_protection")]
    [InlineData("""{"options":{"mfa":{"active":true,"return_enroll_settings":false}}}""", "options.mfa")]
    public async Task A_database_refuses(string body, string? member)
    {
        var made = await api.PostAsync(
            "connections", $$"""{"name":"d{{Guid.CreateVersion7():N}}","strategy":"auth0"}""");

        AssertRefused(await api.PatchAsync($"connections/{made.Text("id")}", body), member);
    }

    [Theory]
    [InlineData("""{"username":{"identifier":{"active":true}}}""", "email")]
    [InlineData("""{"email":{"identifier":{"active":false}}}""", "identifier")]
    [InlineData("""{"email":{"identifier":{"active":true}}},"requires_username":true""", "requires_username")]
    [InlineData("""{"email":{"identifier":{"active":true}}},"validation":{"username":{"min":2}}""", "validation")]
    [InlineData("""{"email":{"identifier":{"active":true}}},"precedence":["email","email","username"]""", "order")]
    public async Task A_database_refuses_attributes_that_contradict(string attributes, string because)
    {
        var answer = await api.PostAsync("connections", $$"""
            {"name":"contradictory","strategy":"auth0","options":{"attributes":{{attributes}} } }
            """);

        Assert.Equal(400, answer.Status);
        Assert.Contains(because, answer.Message, StringComparison.Ordinal);
    }

    /// <summary>What Terraform's provider sends for a database with flexible identifiers.</summary>
    [Fact]
    public async Task A_database_accepts_what_Terraform_sends()
    {
        var answer = await api.PostAsync("connections", """
            {
              "name": "as-terraform-sends-it",
              "strategy": "auth0",
              "is_domain_connection": true,
              "options": {
                "brute_force_protection": true,
                "requires_username": false,
                "authentication_methods": {
                  "password": { "enabled": true, "api_behavior": "required", "signup_behavior": "allow" }
                },
                "precedence": ["username", "email", "phone_number"],
                "attributes": {
                  "email": {
                    "identifier": { "active": true, "default_method": "password" },
                    "profile_required": true,
                    "signup": { "status": "required", "verification": { "active": false } },
                    "verification_method": "link",
                    "unique": true
                  },
                  "phone_number": {
                    "identifier": { "active": false },
                    "profile_required": false,
                    "signup": { "status": "inactive", "verification": { "active": false } }
                  },
                  "username": {
                    "identifier": { "active": true },
                    "profile_required": true,
                    "signup": { "status": "required" },
                    "validation": {
                      "min_length": 3,
                      "max_length": 20,
                      "allowed_types": { "email": false, "phone_number": false }
                    }
                  }
                }
              }
            }
            """);

        Assert.True(answer.Status == 201, answer.Json?.ToJsonString());
    }

    [Fact]
    public async Task A_database_refuses_an_unknown_option()
    {
        var answer = await api.PostAsync("connections", """
            {"name":"unknown-option","strategy":"auth0","options":{"no_such_option":true}}
            """);

        Assert.Equal(400, answer.Status);
        Assert.Contains("no_such_option", answer.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"addons":{}}""")]
    [InlineData("""{"addons":null,"encryption_key":null,"mobile":null,"default_organization":null}""")]
    [InlineData("""{"native_social_login":{"apple":{"enabled":false},"facebook":{"enabled":false}}}""")]
    [InlineData("""{"client_aliases":[],"allowed_clients":[],"cross_origin_authentication":false}""")]
    [InlineData("""{"custom_login_page_on":true,"custom_login_page":"","form_template":""}""")]
    [InlineData("""{"oidc_conformant":true,"sso":false,"cross_origin_auth":false}""")]
    [InlineData("""{"jwt_configuration":{"alg":"RS256","secret_encoded":false,"scopes":{}}}""")]
    [InlineData("""{"refresh_token":{"policies":[]},"token_quota":null,"organization_discovery_methods":null}""")]
    [InlineData("""{"session_transfer":{"can_create_session_transfer_token":false,"enforce_device_binding":"ip"}}""")]
    [InlineData("""{"skip_non_verifiable_callback_uri_confirmation_prompt":false}""")]
    [InlineData("""{"oidc_logout":{"backchannel_logout_initiators":{"mode":"all"}}}""")]
    public async Task A_client_accepts_what_tools_send(string body)
    {
        var id = await api.NewClientAsync();

        var answer = await api.PatchAsync($"clients/{id}", body);

        Assert.True(answer.Status == 200, answer.Json?.ToJsonString());
    }

    [Theory]
    [InlineData("""{"change_password":{"enabled":false,"html":""},"guardian_mfa_page":{"enabled":false,"html":""}}""")]
    [InlineData("""{"error_page":{"html":"","show_log_link":false,"url":""}}""")]
    [InlineData("""{"device_flow":{"charset":"base20"}}""")]
    [InlineData("""{"mtls":null,"acr_values_supported":[],"country_codes":null,"default_token_quota":null}""")]
    [InlineData("""{"sessions":{"oidc_logout_prompt_enabled":true},"phone_consolidated_experience":false}""")]
    [InlineData("""{"flags":{"allow_legacy_ro_grant_types":false,"disable_impersonation":true,"enable_sso":true}}""")]
    public async Task The_tenant_accepts_what_tools_send(string body)
    {
        var answer = await api.PatchAsync("tenants/settings", body);

        Assert.True(answer.Status == 200, answer.Json?.ToJsonString());
    }

    [Fact]
    public async Task A_database_accepts_what_tools_send()
    {
        var answer = await api.PostAsync("connections", """
            {
              "name": "as-tools-send-it",
              "strategy": "auth0",
              "authentication": { "active": true },
              "connected_accounts": { "active": false },
              "options": {
                "mfa": { "active": true, "return_enroll_settings": true },
                "import_mode": false,
                "customScripts": {},
                "configuration": {},
                "enabledDatabaseCustomization": false,
                "brute_force_protection": true,
                "strategy_version": 2,
                "authentication_methods": {
                  "password": { "enabled": true, "api_behavior": "required", "signup_behavior": "allow" },
                  "passkey": { "enabled": false }
                },
                "passkey_options": {
                  "challenge_ui": "both",
                  "local_enrollment_enabled": true,
                  "progressive_enrollment_enabled": true
                }
              }
            }
            """);

        Assert.True(answer.Status == 201, answer.Json?.ToJsonString());
    }

    [Fact]
    public async Task Defaults_are_shown()
    {
        var client = await api.GetAsync($"clients/{await api.NewClientAsync()}");
        var settings = await api.GetAsync("tenants/settings");

        Assert.True((bool?)client["oidc_conformant"]);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""{"charset":"base20","mask":"****-****"}"""), settings["device_flow"]));
        Assert.True((bool?)settings["flags"]!["disable_impersonation"]);
    }

    private static void AssertRefused(ManagementAnswer answer, string? member)
    {
        Assert.True(answer.Status == 400, answer.Json?.ToJsonString());
        Assert.Contains("supported", answer.Message, StringComparison.Ordinal);
        Assert.Contains(member ?? "", answer.Message, StringComparison.Ordinal);
    }
}
