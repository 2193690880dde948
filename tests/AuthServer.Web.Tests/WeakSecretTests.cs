using AuthServer.TestKit;

namespace AuthServer.Web.Tests;

/// <summary>Secrets that the first start creates can't be guessed, in Production.</summary>
public sealed class WeakSecretTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Theory]
    [InlineData("AuthServer__Bootstrap__ClientSecret", "a")]
    [InlineData("AuthServer__Bootstrap__ClientSecret", "9f8a7c6b5d4e3f2a1b0c9d8e7f6a5b4")]
    [InlineData("AuthServer__Bootstrap__ClientSecret", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("AuthServer__Bootstrap__ClientSecret", "abcdefghijklmnopqrstuvwxyz0123456789")]
    [InlineData("AuthServer__Bootstrap__ClientSecret", "changeme-changeme-changeme-changeme-")]
    [InlineData("AuthServer__Bootstrap__AdminPassword", "password123")]
    [InlineData("AuthServer__Bootstrap__AdminPassword", "short")]
    [InlineData("AuthServer__Bootstrap__AdminPassword", "")]
    [InlineData("AuthServer__MasterKey", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public async Task It_stops_the_start_and_names_the_setting(string setting, string value)
    {
        var (code, output) = await ServerProcess.FailAsync(directory.Path, new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["AuthServer__Issuer"] = "https://login.example.com/",
            ["ConnectionStrings__Postgres"] = "",
            [setting] = value,
        });

        Assert.Equal(1, code);
        Assert.StartsWith(setting, output, StringComparison.Ordinal);
        Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        if (value.Length > 5)
            Assert.DoesNotContain(value, output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(directory.Path));
    }
}
