// A slice of a real CT with a mask on it, as PNG: look at what was read before anything is learned from it.
// Run: examples/notebooks/run 05-a-slice-with-its-mask.jsh

import io.github.livermm.imaging.VolumeFile;
import io.github.livermm.imaging.dicom.DicomFolder;
import io.github.livermm.imaging.mask.*;
import io.github.livermm.imaging.preprocess.*;
import io.github.livermm.imaging.volume.*;
import java.nio.file.*;
import javax.imageio.ImageIO;

// 1. The volume, averaged to voxels of 3 mm, which takes out noise
var folder = DicomFolder.scan(Path.of(System.getProperty("studies", "examples/data"), "hcc048-piece"));
Volume ct = folder.series().get(0).readVolume();
Volume even = ct.resample(ct.grid().withSpacing(3, 3, 3), Interpolation.MEAN, -1024);
System.out.println("image   " + even.grid());

// 2. No mask comes with these slices, so one is grown: from the deepest point of enhanced tissue, which lies in the
//    largest organ, through what is more than 6 mm deep, so that it does not leak along vessels. A mask of your own: LabelMap.of(VolumeFile.read(Path.of("mask.nii.gz")))
Grid grid = even.grid();
boolean[] tissue = new boolean[grid.voxels()];
for (int v = 0; v < tissue.length; v++) {
    tissue[v] = even.at(v) > 80 && even.at(v) < 170;
}
boolean[] others = new boolean[tissue.length];
for (int v = 0; v < tissue.length; v++) {
    others[v] = !tissue[v];
}
float[] depth = DistanceMap.of(grid, others);
int seed = 0;
for (int v = 0; v < depth.length; v++) {
    seed = depth[v] > depth[seed] ? v : seed;
}
boolean[] core = new boolean[tissue.length];
var queue = new ArrayDeque<Integer>(List.of(seed));
while (!queue.isEmpty()) {
    int v = queue.poll();
    if (!core[v] && depth[v] > 6) {
        core[v] = true;
        for (int step : new int[] {1, -1, grid.width(), -grid.width(), grid.width() * grid.height(), -grid.width() * grid.height()}) {
            if (v + step >= 0 && v + step < core.length) {
                queue.add(v + step);
            }
        }
    }
}
float[] near = DistanceMap.of(grid, core);
float[] labels = new float[near.length];
for (int v = 0; v < near.length; v++) {
    labels[v] = near[v] <= 6 && tissue[v] ? LabelMap.LIVER : LabelMap.BACKGROUND;
}
LabelMap mask = LabelMap.of(Volume.of(grid, labels));
System.out.printf("mask    %s, %.0f ml%n", mask, mask.sizes().get(LabelMap.LIVER) * grid.voxelMm3() / 1000);

// 3. The mask as a file that 3D Slicer opens, and the slice as a picture in a liver window
Path out = Files.createTempDirectory("slice");
VolumeFile.write(mask.volume(), out.resolve("liver.nrrd"));
var picture = SlicePicture.axial(ct, Normalisation.Window.ofWidthLevel(350, 70), mask, ct.grid().toPatient(0, 0, 8)[2], 0.7);
ImageIO.write(picture, "png", out.resolve("slice.png").toFile());
System.out.println("picture " + picture.getWidth() + " x " + picture.getHeight() + " pixels, "
        + (Files.size(out.resolve("slice.png")) > 20_000 ? "written" : "suspiciously small"));
if (System.getProperty("pictures") != null) {
    Files.copy(out.resolve("slice.png"), Path.of(System.getProperty("pictures"), "slice.png"), StandardCopyOption.REPLACE_EXISTING);
}

System.out.println("notebook finished");
/exit
