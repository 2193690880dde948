using AuthServer.Faults;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests;

/// <summary>security.md F1, F2, in short; <c>dotnet run --project tests/AuthServer.Faults</c> kills three hundred times.</summary>
public sealed class KillTests
{
    private const int Rounds = 3;

    [Fact]
    public async Task Killed_at_any_moment_it_loses_nothing_and_doubles_nothing()
    {
        await using var deployment = await Deployment.StartAsync(Place.OfTheTests[0]);

        var tally = await new Kills(deployment, seed: 20301).RunAsync(Rounds);

        Assert.True(tally.Clean, tally.ToString());
    }
}
