using Xunit;

namespace AuthServer.TestKit;

/// <summary>
/// What a test needs of the machine. Where it is missing the test is skipped, and says what for; where <c>CI=true</c> it fails, so
/// that nothing goes untested unnoticed.
/// </summary>
public static class Requires
{
    /// <returns>The path of the first of these programs that the machine has.</returns>
    public static string Tool(params string[] names)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        var found = names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
        return found ?? throw Missing(string.Join(" or ", names));
    }

    /// <summary>What was found missing on the way.</summary>
    public static Exception Missing(string what)
    {
        if (string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase))
            Assert.Fail($"This test needs {what}, which this machine lacks.");
        Assert.Skip($"This test needs {what}.");
        return new InvalidOperationException(what);
    }
}
