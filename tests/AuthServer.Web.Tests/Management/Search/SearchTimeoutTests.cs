using AuthServer.Core.Users;
using AuthServer.Storage;
using AuthServer.TestKit;
using AuthServer.Web.Management.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AuthServer.Web.Tests.Management.Search;

/// <summary>Searches that cost too much.</summary>
public sealed class SearchTimeoutTests
{
    [Fact]
    public async Task A_search_that_takes_too_long_is_refused_and_the_server_goes_on()
    {
        await using var api = ManagementScenario.With(
            services => services.AddSingleton(new SearchLimits(TimeSpan.FromTicks(1))));
        await api.Server.WithAsync<AuthDbContext, int>(db =>
        {
            db.AddRange(Enumerable.Range(0, 200).Select(number => NewUser.InDatabase(
                "Username-Password-Authentication", $"user{number}@example.com", api.Server.Time.GetUtcNow())));
            return db.SaveChangesAsync();
        });

        var refused = await api.Server.WithAsync<AuthDbContext, ManagementAnswer>(async db =>
        {
            // On PostgreSQL the search waits for this lock; SQLite looks at the clock while it reads.
            await using var transaction = await db.Database.BeginTransactionAsync();
            if (!db.IsEmbedded)
                await db.Database.ExecuteSqlRawAsync("LOCK TABLE user_search_terms");
            return await api.GetAsync("users?q=*nothing*");
        });

        Assert.Equal((400, "invalid_query_string"), (refused.Status, refused.Text("errorCode")));
        Assert.Contains("The search took longer than", refused.Message, StringComparison.Ordinal);
        Assert.Single((await api.GetAsync("users-by-email?email=user7@example.com")).List);
    }
}
