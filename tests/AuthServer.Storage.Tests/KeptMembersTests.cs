using AuthServer.Core.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace AuthServer.Storage.Tests;

/// <summary>A store of an earlier version, in which members were stored that nothing acted on.</summary>
public sealed class KeptMembersTests(TestStore store) : IClassFixture<TestStore>
{
    private const string Earlier = "LimitsAndActions";
    private const string Organization = "org_0000000000000001";

    private const string OfTenant = """
        {
          "session_cookie": { "mode": "non-persistent" },
          "ephemeral_session_lifetime": 1.5,
          "idle_ephemeral_session_lifetime_in_minutes": 30,
          "branding.favicon_url": "https://cdn.example/f.ico",
          "branding.font": { "url": "https://cdn.example/f.woff2" },
          "branding.page_background": "#112233",
          "error_page": { "url": "https://www.example/oops", "show_log_link": true },
          "default_token_quota": { "clients": { "client_credentials": { "per_day": 9, "enforce": false } } },
          "sandbox_version": "18"
        }
        """;

    private const string OfClient = """
        {
          "sso_disabled": true,
          "default_organization": { "organization_id": "org_0000000000000001", "flows": ["client_credentials"] },
          "token_quota": { "client_credentials": { "per_hour": 5 } }
        }
        """;

    [Fact]
    public async Task Its_members_that_act_now_are_taken_over()
    {
        await store.AskAsync<AuthDbContext, int>(UpdateAsync);

        var (settings, client, grant) = await store.AskAsync<AuthDbContext, (TenantSettings, Client, ClientGrant)>(
            async db => (
                await db.TenantSettings.SingleAsync(),
                await db.Clients.SingleAsync(),
                await db.ClientGrants.SingleAsync()));
        Assert.False(settings.HasPersistentSessionCookie);
        Assert.Equal((1.5, 0.5), (settings.EphemeralSessionLifetime, settings.IdleEphemeralSessionLifetime));
        Assert.Equal("https://cdn.example/f.ico", settings.FaviconUrl);
        Assert.Equal("https://cdn.example/f.woff2", settings.FontUrl);
        Assert.Equal(new PageBackground("#112233"), settings.PageBackground);
        Assert.Equal("https://www.example/oops", settings.ErrorPageUrl);
        Assert.Equal(new TokenQuota(null, 9, IsEnforced: false), settings.DefaultClientQuota);
        Assert.Null(settings.DefaultOrganizationQuota);
        Assert.True(client.IsSsoDisabled);
        Assert.Equal(Organization, client.DefaultOrganizationId);
        Assert.Equal(new TokenQuota(5, null, IsEnforced: true), client.TokenQuota);
        Assert.True(grant.AllowsAllScopes);
    }

    private async Task<int> UpdateAsync(AuthDbContext db)
    {
        db.Add(new TenantSettings());
        db.Add(new Organization { Id = Organization, Name = "acme", CreatedAt = TestStore.Now });
        db.Add(new ClientGrant { Id = "cgr_1", ClientId = store.Client.ClientId, Audience = "https://api.example" });
        await db.SaveChangesAsync();

        var migrator = db.GetService<IMigrator>();
        await migrator.MigrateAsync(Earlier);
        await db.Database.ExecuteSqlAsync($"UPDATE tenant_settings SET other = {OfTenant}");
        await db.Database.ExecuteSqlAsync($"UPDATE clients SET other = {OfClient}");
        await db.Database.ExecuteSqlAsync($"UPDATE client_grants SET other = {"""{"allow_all_scopes":true}"""}");
        await migrator.MigrateAsync();
        return 0;
    }
}
