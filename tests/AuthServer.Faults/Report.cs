using System.Globalization;

namespace AuthServer.Faults;

/// <summary>Tables on the output, progress on the error output.</summary>
internal static class Report
{
    public static void Head(params string[] columns)
    {
        Row(columns);
        Row([.. columns.Select(_ => "---")]);
    }

    public static void Row(params object[] cells) =>
        Console.WriteLine(
            "\r| "
                + string.Join(" | ", cells.Select(cell => Convert.ToString(cell, CultureInfo.InvariantCulture)))
                + " |");

    public static string Seconds(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.00} s");

    public static string Milliseconds(TimeSpan time) =>
        time.TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture);

    public static string Microseconds(TimeSpan time) =>
        time.TotalMicroseconds.ToString("0", CultureInfo.InvariantCulture);

    public static string Ratio(double ratio) => ratio.ToString("0.00", CultureInfo.InvariantCulture);

    public static void Progress(string what, int done, int of) =>
        Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{what} {done}/{of} "));
}
