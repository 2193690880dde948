using System.Text.RegularExpressions;
using AuthServer.Core;
using AuthServer.Core.Model;
using AuthServer.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AuthServer.Storage.Tests;

/// <summary>SQL commands of docs/operations.md after the restore of a dump.</summary>
public sealed partial class RestoreCommandTests(TestStore store) : IClassFixture<TestStore>
{
    [Fact]
    public async Task They_end_every_session_and_authorization()
    {
        var authorization = store.NewAuthorization();
        await using var scope = store.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AuthDbContext>();
        db.AddRange(authorization, NewSession());
        await db.SaveChangesAsync();

        foreach (var command in Commands())
            await db.Database.ExecuteSqlRawAsync(command);

        Assert.False(await db.Sessions.AnyAsync());
        var status = await db.Authorizations.Where(a => a.Id == authorization.Id).Select(a => a.Status).SingleAsync();
        Assert.Equal("revoked", status);
    }

    private static List<string> Commands()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations.md"));
        List<string> commands = [.. CommandOption().Matches(page).Select(match => match.Groups["sql"].Value)];
        Assert.Equal(2, commands.Count);
        return commands;
    }

    private Session NewSession() => new()
    {
        Id = OpaqueToken.Alphanumeric(32),
        Hash = new byte[32],
        UserId = store.User.UserId,
        Connection = store.User.Identities[0].Connection,
        AuthenticatedAt = TestStore.Now,
        LastSeenAt = TestStore.Now,
        ExpiresAt = TestStore.Now.AddDays(7),
        IdleExpiresAt = TestStore.Now.AddDays(3),
    };

    [GeneratedRegex("--command \"(?<sql>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CommandOption();
}
