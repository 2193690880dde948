using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.TestKit;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Tests.Token;

/// <summary>docs/security.md#roles-and-permissions: what an API that enforces policies lets into its tokens.</summary>
public sealed class PermissionTests : IAsyncLifetime
{
    private const string Wanted = "openid offline_access read:contacts write:contacts";
    private readonly TestServer server = new();
    private OAuth oauth = null!;
    private Client client = null!;
    private string user = "";

    public async ValueTask InitializeAsync()
    {
        (oauth, client, user) = (
            new OAuth(server), await server.AddClientAsync(), (await server.AdministratorAsync()).UserId);
        await server.AddApiAsync(api =>
            (api.EnforcePolicies, api.TokenDialect) = (true, TokenDialects.AccessTokenAuthz));
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task The_scope_is_what_was_asked_for_and_is_permitted_and_permissions_are_all_there_are()
    {
        await PermitAsync("write:contacts");
        await server.ChangeAsync(db =>
        {
            db.Add(
                new Role
                {
                    Id = "rol_1",
                    Name = "Reader",
                    Permissions =
                    [
                        new()
                        {
                            RoleId = "rol_1",
                            Audience = TestData.Api,
                            Name = "read:contacts",
                        },
                    ],
                });
            return Task.FromResult(db.Add(new RoleMember { RoleId = "rol_1", UserId = user }));
        });

        var issued = await oauth.GetTokensAsync(client, "openid read:contacts", TestData.Api);

        Assert.Equal("openid read:contacts", issued["scope"]);
        Assert.Equal(
            """["read:contacts","write:contacts"]""",
            OAuth.ClaimsOf(issued["access_token"]).GetProperty("permissions").GetRawText());
    }

    [Fact]
    public async Task A_user_without_permissions_gets_no_scopes_of_the_API()
    {
        var issued = await oauth.GetTokensAsync(client, Wanted, TestData.Api);

        Assert.Equal("openid offline_access", issued["scope"]);
        Assert.Equal("[]", OAuth.ClaimsOf(issued["access_token"]).GetProperty("permissions").GetRawText());
    }

    [Fact]
    public async Task A_refresh_looks_again()
    {
        await PermitAsync("read:contacts");
        var first = await oauth.GetTokensAsync(client, Wanted, TestData.Api);
        await server.WithAsync<AuthDbContext, int>(db => db.UserPermissions.ExecuteDeleteAsync());
        await PermitAsync("write:contacts");

        var second = await oauth.RefreshAsync(client, first["refresh_token"]);

        Assert.Equal(
            ("openid offline_access read:contacts", "openid offline_access write:contacts"),
            (first["scope"], second["scope"]));
        Assert.Equal(
            """["write:contacts"]""", OAuth.ClaimsOf(second["access_token"]).GetProperty("permissions").GetRawText());
    }

    [Fact]
    public async Task Without_the_dialect_no_claim_is_set_and_without_policies_no_scope_is_removed()
    {
        await server.ChangeAsync<ResourceServer>(
            a => a.Name == TestData.Api, a => a.TokenDialect = TokenDialects.AccessToken);
        var enforced = await oauth.GetTokensAsync(client, Wanted, TestData.Api);
        await server.ChangeAsync<ResourceServer>(
            a => a.Name == TestData.Api,
            a => (a.TokenDialect, a.EnforcePolicies) = (TokenDialects.Rfc9068Authz, false));
        var free = await oauth.GetTokensAsync(client, Wanted, TestData.Api);

        Assert.Equal(("openid offline_access", Wanted), (enforced["scope"], free["scope"]));
        Assert.False(OAuth.ClaimsOf(enforced["access_token"]).TryGetProperty("permissions", out _));
        Assert.False(OAuth.ClaimsOf(free["access_token"]).TryGetProperty("permissions", out _));
    }

    [Fact]
    public async Task A_machine_has_the_permissions_of_its_client_grant()
    {
        var machine = await server.AddClientAsync(c => c.GrantTypes = ["client_credentials"]);
        await server.AddClientGrantAsync(machine.ClientId, TestData.Api, "read:contacts");

        var issued = await oauth.TokenAsync(machine, ("grant_type", "client_credentials"), ("audience", TestData.Api));

        Assert.Equal(
            """["read:contacts"]""", OAuth.ClaimsOf(issued["access_token"]).GetProperty("permissions").GetRawText());
    }

    private Task PermitAsync(string name) =>
        server.ChangeAsync(db =>
            Task.FromResult(
                db.Add(
                    new UserPermission
                    {
                        UserId = user,
                        Audience = TestData.Api,
                        Name = name,
                    })));
}
