using AuthServer.Core.Authorizations;
using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.TestKit;
using Microsoft.EntityFrameworkCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using Scopes = AuthServer.Core.Scopes;

namespace AuthServer.Web.Tests.Management;

/// <summary><c>/api/v2/grants</c>: what users agreed to.</summary>
public sealed class GrantTests(ManagementScenario api) : IClassFixture<ManagementScenario>
{
    [Fact]
    public async Task A_grant_has_the_shape_of_the_contract()
    {
        var user = await AgreedAsync("shape@example.com");
        var answer = await api.GetAsync($"grants?user_id={Uri.EscapeDataString(user)}&include_totals=true");

        Assert.Equal(
            (1, TestServer.ClientId),
            (answer["total"]!.GetValue<int>(), answer["grants"]![0]!["clientID"]!.GetValue<string>()));
        Assert.Equal("""["openid","read:x"]""", answer["grants"]![0]!["scope"]!.ToJsonString());
    }

    [Fact]
    public async Task To_delete_one_ends_the_tokens_that_came_of_it()
    {
        var user = await AgreedAsync("one@example.com");
        var id = (await api.GetAsync($"grants?user_id={Uri.EscapeDataString(user)}")).List[0]![
            "id"
        ]!.GetValue<string>();

        Assert.Equal(204, (await api.DeleteAsync($"grants/{id}")).Status);
        Assert.Equal((0, 0), await LeftAsync(user));
    }

    [Fact]
    public async Task To_delete_those_of_a_user_ends_all_of_their_tokens()
    {
        var user = await AgreedAsync("all@example.com");

        Assert.Equal(204, (await api.DeleteAsync($"grants?user_id={Uri.EscapeDataString(user)}")).Status);
        Assert.Equal((0, 0), await LeftAsync(user));
    }

    [Fact]
    public async Task The_grants_of_all_users_can_not_be_deleted_at_once() =>
        Assert.Equal(400, (await api.DeleteAsync("grants")).Status);

    private async Task<string> AgreedAsync(string email)
    {
        var user = await api.NewUserAsync(email);
        var now = api.Server.Time.GetUtcNow();
        var scopes = Scopes.Of(["openid", "read:x"]);
        var client = await api.Server.StoredClientAsync(TestServer.ClientId);
        await api.Server.WithAsync<IConsentStore, bool>(async consents =>
        {
            await consents.AddAsync(new NewConsent(user, user, client, "https://api.example", scopes), now, default);
            return true;
        });
        await api.Server.WithAsync<AuthDbContext, int>(db =>
        {
            db.Add(new Authorization
            {
                Id = Guid.CreateVersion7(now),
                Type = AuthorizationTypes.AdHoc,
                ApplicationId = client.Id,
                ClientId = client.ClientId,
                UserId = user,
                Subject = user,
                SessionId = "none",
                Audience = "https://api.example",
                GrantedScopes = scopes,
                AuthenticatedAt = now,
                CreationDate = now.UtcDateTime,
                ExpiresAt = now.AddDays(1),
            });
            return db.SaveChangesAsync();
        });
        return user;
    }

    private Task<(int Consents, int Grants)> LeftAsync(string user) =>
        api.Server.WithAsync<AuthDbContext, (int, int)>(async db =>
            (await db.Consents.CountAsync(c => c.UserId == user), await db.SignIns().CountAsync(a => a.UserId == user))
        );
}
