using System.Net;
using System.Text.Json;
using AuthServer.Core.Model;
using AuthServer.TestKit;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace AuthServer.Web.Tests.Organizations;

/// <summary>docs/security.md#organizations: organizations in tokens, and when those tokens end.</summary>
public sealed class OrganizationTokenTests(RunningServer running) : IClassFixture<RunningServer>
{
    private readonly TestServer server = running.Server;
    private readonly OAuth oauth = new(running.Server);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_id_stands_in_every_token_and_the_name_where_the_tenant_shows_names(bool names)
    {
        await server.ChangeSettingsAsync(settings => settings.AllowOrganizationNames = names);
        var api = await server.AddApiAsync(identifier: $"https://{names}.example/");
        var (client, user, acme) = await PrepareAsync();
        var name = names ? acme.Name : null;

        var tokens = await SignInAsync(client, user, acme, "openid read:contacts", api.Identifier);
        var opaque = await SignInAsync(client, user, acme, "openid");
        var userInfo = (await oauth.UserInfoAsync(opaque["access_token"])).Json;
        var introspected = (
            await oauth.PostAsync(
                "/oauth/introspect",
                ("token", tokens["access_token"]),
                ("client_id", client.ClientId),
                ("client_secret", TestData.Secret))).Json;
        await server.ChangeSettingsAsync(settings => settings.AllowOrganizationNames = false);

        foreach (
            var claims in new[] { OAuth.ClaimsOf(tokens["id_token"]), OAuth.ClaimsOf(tokens["access_token"]), userInfo }
        )
            Assert.Equal((acme.Id, name), (Text(claims, "org_id"), Text(claims, "org_name")));
        Assert.Equal((true, acme.Id), (introspected.GetProperty("active").GetBoolean(), Text(introspected, "org_id")));
    }

    [Fact]
    public async Task A_removed_member_refreshes_no_more()
    {
        var (client, user, acme) = await PrepareAsync();
        var tokens = await SignInAsync(client, user, acme, "openid offline_access");
        var refreshed = await oauth.RefreshAsync(client, tokens["refresh_token"]);
        Assert.Equal(acme.Id, Text(OAuth.ClaimsOf(refreshed["id_token"]), "org_id"));

        await server.RemoveMemberAsync(acme, user);

        Assert.Equal(
            "invalid_grant",
            (await oauth.RefreshAsync(client, refreshed["refresh_token"] ?? tokens["refresh_token"])).Error);
    }

    [Fact]
    public async Task Nor_is_a_code_redeemed_after_that()
    {
        var (client, user, acme) = await PrepareAsync();
        var code = await CodeAsync(client, user, acme, "openid");
        await server.RemoveMemberAsync(acme, user);

        Assert.Equal("invalid_grant", (await oauth.RedeemAsync(client, code)).Error);
    }

    [Fact]
    public async Task A_removed_member_s_access_token_opens_userinfo_no_more()
    {
        var (client, user, acme) = await PrepareAsync();
        var tokens = await SignInAsync(client, user, acme, "openid");
        var api = ManagementScenario.On(server);

        var removed = await api.SendAsync(
            HttpMethod.Delete, $"organizations/{acme.Id}/members", $$"""{"members":["{{user.UserId}}"]}""");

        Assert.Equal(204, removed.Status);
        Assert.Equal("invalid_token", (await oauth.UserInfoAsync(tokens["access_token"])).Error);
    }

    [Theory]
    [InlineData("gone")]
    [InlineData("denied")]
    [InlineData("required")]
    public async Task The_current_state_of_the_organization_and_the_client_counts(string change)
    {
        var (client, user, acme) = await PrepareAsync();
        var tokens = await SignInAsync(client, user, change == "required" ? null : acme, "openid offline_access");
        if (change == "gone")
            await server.ChangeAsync(db => Task.FromResult(db.Remove(db.Organizations.Single(o => o.Id == acme.Id))));
        else
            await server.ChangeAsync<Client>(
                c => c.ClientId == client.ClientId, c => c.OrganizationUsage = change == "denied" ? "deny" : "require");

        Assert.Equal("invalid_grant", (await oauth.RefreshAsync(client, tokens["refresh_token"])).Error);
    }

    [Fact]
    public async Task Roles_count_only_in_their_organization()
    {
        var api = await server.AddApiAsync(
            a => (a.EnforcePolicies, a.TokenDialect) = (true, Core.Model.TokenDialects.AccessTokenAuthz),
            "https://roles.example/");
        var (client, user, acme) = await PrepareAsync();
        var globex = await server.AddOrganizationAsync("g" + OpaqueName(), members: user);
        await server.AddOrganizationRoleAsync(acme, user, api.Identifier, "read:contacts");

        async Task<string> PermissionsAsync(Organization? organization) =>
            OAuth
                .ClaimsOf(
                    (await SignInAsync(client, user, organization, "read:contacts write:contacts", api.Identifier))[
                        "access_token"
                    ])
                .GetProperty("permissions")
                .GetRawText();

        Assert.Equal("""["read:contacts"]""", await PermissionsAsync(acme));
        Assert.Equal("[]", await PermissionsAsync(globex));
        Assert.Equal("[]", await PermissionsAsync(null));
    }

    [Fact]
    public async Task A_grant_of_one_organization_stands_behind_no_token_of_another()
    {
        var api = await server.AddApiAsync(identifier: "https://behind.example/");
        var (client, user, acme) = await PrepareAsync();
        var globex = await server.AddOrganizationAsync("g" + OpaqueName(), members: user);
        var first = await SignInAsync(client, user, acme, "openid read:contacts", api.Identifier);
        await SignInAsync(client, user, globex, "openid read:contacts", api.Identifier);
        Assert.Equal(HttpStatusCode.OK, (await oauth.UserInfoAsync(first["access_token"])).Status);

        await server.ChangeAsync<Core.Model.Authorization>(
            a => a.OrganizationId == acme.Id, a => a.Status = Statuses.Revoked);

        Assert.Equal(HttpStatusCode.Unauthorized, (await oauth.UserInfoAsync(first["access_token"])).Status);
    }

    [Theory]
    [InlineData("deny", false, false, true, "invalid_request", "parameter organization is not allowed for this client")]
    [InlineData("deny", true, true, false, null, null)]
    [InlineData("allow", false, false, false, null, null)]
    [InlineData("allow", false, false, true, "access_denied", null)]
    [InlineData("allow", true, false, true, null, "org")]
    [InlineData("allow", false, true, true, null, "org")]
    [InlineData("require", true, false, false, "invalid_request", "parameter organization is required for this client")]
    [InlineData("require", false, true, true, null, "org")]
    public async Task A_machine_speaks_for_an_organization_when_its_grant_says_so(
        string usage,
        bool any,
        bool given,
        bool named,
        string? error,
        string? outcome)
    {
        var client = await server.AddClientAsync(c => c.GrantTypes = ["client_credentials"]);
        var api = await server.AddApiAsync(identifier: $"https://{OpaqueName()}.example/");
        var acme = await server.AddOrganizationAsync("m" + OpaqueName());
        await server.AddClientGrantAsync(client.ClientId, api.Identifier, "read:contacts");
        await server.ChangeAsync(db =>
        {
            var grant = db.ClientGrants.Single(g => g.ClientId == client.ClientId);
            (grant.OrganizationUsage, grant.AllowAnyOrganization) = (usage, any);
            if (given)
                db.Add(new OrganizationClientGrant { OrganizationId = acme.Id, ClientGrantId = grant.Id });
            return Task.CompletedTask;
        });

        var answer = await oauth.TokenAsync(
            client,
            ("grant_type", "client_credentials"),
            ("audience", api.Identifier),
            ("organization", named ? acme.Id : null));

        Assert.Equal(error, answer.Error);
        if (error is null)
            Assert.Equal(outcome is null ? null : acme.Id, Text(OAuth.ClaimsOf(answer["access_token"]), "org_id"));
        else if (outcome is not null)
            Assert.Equal(outcome, answer["error_description"]);
    }

    [Theory]
    [InlineData(false, "access_denied")]
    [InlineData(true, null)]
    public async Task A_third_party_s_machine_needs_the_organization_s_leave_too(bool isAllowed, string? error)
    {
        var client = await server.AddClientAsync(
            c => (c.GrantTypes, c.IsFirstParty) = (["client_credentials"], false));
        var api = await server.AddApiAsync(identifier: $"https://{OpaqueName()}.example/");
        var acme = await server.AddOrganizationAsync("t" + OpaqueName());
        await server.AddClientGrantAsync(client.ClientId, api.Identifier, "read:contacts");
        await server.ChangeAsync<ClientGrant>(
            g => g.ClientId == client.ClientId, g => (g.OrganizationUsage, g.AllowAnyOrganization) = ("allow", true));
        await server.ChangeAsync<Organization>(o => o.Id == acme.Id, o => o.AllowsThirdParties = isAllowed);

        var answer = await oauth.TokenAsync(
            client,
            ("grant_type", "client_credentials"),
            ("audience", api.Identifier),
            ("organization", acme.Id));

        Assert.Equal(error, answer.Error);
    }

    [Theory]
    [InlineData("acme", "authorization request parameter organization must be an organization id")]
    [InlineData("org_0000000000000000", "parameter organization is invalid: org_0000000000000000")]
    public async Task A_machine_has_to_name_one_that_there_is(string named, string text)
    {
        var client = await server.AddClientAsync(c => c.GrantTypes = ["client_credentials"]);
        var api = await server.AddApiAsync(identifier: $"https://{OpaqueName()}.example/");
        await server.AddClientGrantAsync(client.ClientId, api.Identifier, "read:contacts");
        await server.ChangeAsync<ClientGrant>(
            g => g.ClientId == client.ClientId, g => (g.OrganizationUsage, g.AllowAnyOrganization) = ("allow", true));

        Assert.Equal(
            text,
            (await oauth.TokenAsync(
                    client,
                    ("grant_type", "client_credentials"),
                    ("audience", api.Identifier),
                    ("organization", named)))["error_description"]);
    }

    [Fact]
    public async Task A_password_gets_no_token_of_an_organization()
    {
        await server.ChangeSettingsAsync(settings => settings.DefaultDirectory = Core.Model.Connection.DefaultDatabase);
        var client = await server.AddClientAsync(c => (c.GrantTypes, c.OrganizationUsage) = (["password"], "allow"));

        Assert.Equal(
            "invalid_request",
            (await oauth.TokenAsync(
                    client,
                    ("grant_type", "password"),
                    ("username", TestServer.AdminEmail),
                    ("password", TestServer.AdminPassword),
                    ("organization", "org_0000000000000000"))).Error);
    }

    private async Task<(Client Client, User User, Organization Acme)> PrepareAsync()
    {
        var user = await server.AdministratorAsync();
        return (await server.AddOrganizationClientAsync("allow"),
            user,
            await server.AddOrganizationAsync("a" + OpaqueName(), members: user));
    }

    private async Task<string> CodeAsync(
        Client client,
        User user,
        Organization? organization,
        string scope,
        string? audience = null)
    {
        using var answer = await oauth.AuthorizeAsync(
            OAuth.RequestOf(client, ("organization", organization?.Id), ("scope", scope), ("audience", audience)),
            await server.StartSessionAsync(user));
        return OAuth.Redirected(answer)["code"];
    }

    private async Task<Answer> SignInAsync(
        Client client,
        User user,
        Organization? organization,
        string scope,
        string? audience = null
    ) => await oauth.RedeemAsync(client, await CodeAsync(client, user, organization, scope, audience));

    private static string OpaqueName() => Core.OpaqueToken.Hex(10);

    private static string? Text(JsonElement json, string member) =>
        json.TryGetProperty(member, out var value) ? value.GetString() : null;
}
