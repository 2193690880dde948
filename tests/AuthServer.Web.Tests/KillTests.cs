using AuthServer.Faults;

namespace AuthServer.Web.Tests;

/// <summary>Kills in short; <c>dotnet run --project tests/AuthServer.Faults</c> kills three hundred times.</summary>
public sealed class KillTests
{
    private const int Rounds = 3;

    public static TheoryData<string> Places => [.. Place.OfTheTests.Select(place => place.Name)];

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Killed_at_any_moment_it_loses_nothing_and_doubles_nothing(string place)
    {
        await using var deployment = await Deployment.StartAsync(Place.OfTheTests.Single(one => one.Name == place));

        var tally = await new Kills(deployment, seed: 20301).RunAsync(Rounds);

        Assert.True(tally.Clean, tally.ToString());
    }
}
