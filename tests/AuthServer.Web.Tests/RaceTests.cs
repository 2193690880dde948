using AuthServer.Faults;
using AuthServer.Faults.Races;

namespace AuthServer.Web.Tests;

/// <summary>
/// Races in short; <c>dotnet run --project tests/AuthServer.Faults races</c> runs two hundred rounds of each, on every
/// store.
/// </summary>
public sealed class RaceTests(RaceTests.Arena arena) : IClassFixture<RaceTests.Arena>
{
    private const int Rounds = 2;

    public static TheoryData<string> Races => [.. RaceTrack.All.Select(race => race.Name)];

    [Theory]
    [MemberData(nameof(Races))]
    public async Task Of_64_at_once_as_many_win_as_may(string race)
    {
        var tally = await arena.Track.RunAsync(race, Rounds);

        Assert.True(tally.Clean, tally.ToString());
    }

    /// <summary>Two nodes, when the tests run on a store that several nodes can share.</summary>
    public sealed class Arena : IAsyncLifetime
    {
        private Deployment? deployment;

        public RaceTrack Track { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            deployment = await Deployment.StartAsync(Place.OfTheTests[^1]);
            Track = new RaceTrack(deployment, seed: 20301);
        }

        public ValueTask DisposeAsync() => deployment?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
